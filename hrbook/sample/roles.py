"""Roles and digital tiers for some people."""

from __future__ import annotations

from dataclasses import replace

from hrbook.sample.dice import Dice
from hrbook.sample.node import Node
from hrbook.sample.people import Person

TRAINER_RANKS = (1, 2)
LEADER_RANKS = (0, 1, 2)
EXPERT_EVERY = 550  # one highly specialised person in so many
OUTSIDE = 2  # experts from outside, on fixed terms


def give_roles(data: Node, seed: int, people: list[Person]) -> None:
    """Changes `people` in place: trainers and DX leaders by the shares of the data, a few experts, some from outside."""
    words, shares = data.node("words"), data.node("shares")
    trainer, leader = shares.share("trainer") / 100, shares.share("leader") / 100
    dice = Dice(seed, "roles")
    outside = 0
    for place, person in enumerate(people):
        share, tier = dice.unit(), dice.unit()
        if person.employment == words.text("fixed_term") and outside < OUTSIDE:
            people[place] = replace(person, tier=words.text("tier_expert"))
            outside += 1
        if not person.ranks or person.employment != words.text("regular"):
            continue
        rank, role = person.ranks[-1][1], ""
        if rank in TRAINER_RANKS and share < trainer:
            role = words.text("role_trainer")
        if place % EXPERT_EVERY == EXPERT_EVERY // 2:
            people[place] = replace(person, role=role, tier=words.text("tier_expert"))
        elif rank in LEADER_RANKS and tier < leader:
            people[place] = replace(person, role=role, tier=words.text("tier_leader"))
        elif role:
            people[place] = replace(person, role=role)
