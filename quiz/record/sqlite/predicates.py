"""Conditions that partial indexes rely on: a query that says one otherwise does not find the index."""

OF_ITEM = "kind IN ('attempt','suspend','resume','bury','flag','forget','reschedule','tag')"
"""Events about an item by itself: `event_of_item`."""
ABOUT_ANOTHER = "kind IN ('undo','void','override','rate')"
"""Events that change what others of their session count for: `event_about_another`."""
UNFINISHED = "is_ended=0 AND is_void=0"
"""Sessions that can be gone on with: `progress_open`."""
