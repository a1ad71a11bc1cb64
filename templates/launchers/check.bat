@echo off
rem Looks at the roster. Double-click, or drop a roster on this file.
setlocal
cd /d "%~dp0"
set "PYTHONUTF8=1"
chcp 65001 >nul
set "TOOL=hrbook"
if exist "%~dp0hrbook\hrbook.exe" set "TOOL=%~dp0hrbook\hrbook.exe"
set "FILE=%~1"
if "%FILE%"=="" set "FILE=input\roster.xlsx"
"%TOOL%" check "%FILE%" --report "check-%RANDOM%.xlsx"
echo.
pause
