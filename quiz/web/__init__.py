"""The wall and the phones: a small server inside the app, and what their pages are told."""
