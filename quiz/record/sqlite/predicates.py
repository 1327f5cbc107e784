"""Conditions of partial indexes. A query must use exactly the same condition to use the index."""

OF_ITEM = "kind IN ('attempt','suspend','resume','bury','flag','forget','reschedule','tag')"
"""Events about an item: index `event_of_item`."""
ABOUT_ANOTHER = "kind IN ('undo','void','override','rate')"
"""Events that change whether others of their session count: index `event_about_another`."""
UNFINISHED = "is_ended=0 AND is_void=0"
"""Sessions that can be continued: index `progress_open`."""
