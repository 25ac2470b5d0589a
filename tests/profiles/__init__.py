"""What a browser wrote into its profile, decoded: every file, every record, whatever packs it."""

from tests.profiles.profile import Left, differences, is_of_maker, left_in

__all__ = ["Left", "differences", "is_of_maker", "left_in"]
