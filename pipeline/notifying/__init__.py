"""Telling people and programs of alerts: who is told of which, and what a message looks like. Pure."""

from pipeline.notifying.target import MAX_TARGETS, Target, wants
from pipeline.notifying.target_file import TargetError, parse_targets

__all__ = ["MAX_TARGETS", "Target", "TargetError", "parse_targets", "wants"]
