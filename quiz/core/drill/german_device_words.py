"""What a class reads about cards, phones, the wall and files, in German."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ABOUT_DEVICES: Final[Mapping[str, str]] = {
    "Cards": "Karten",
    "Cards cannot answer now.": "Mit Karten geht es jetzt nicht.",
    "The file of a photograph of the cards": "Die Datei mit dem Foto der Karten",
    "That photograph came too late.": "Das Foto kam zu spät.",
    "Reading cards needs a library that is not installed.": ("Zum Lesen der Karten fehlt eine Bibliothek."),
    "Install it: pip install 'quizterm[cards]'": "So installierst du sie: pip install 'quizterm[cards]'",
    "The photograph is too large.": "Das Foto ist zu groß.",
    "Take it with 12 megapixels.": "12 Megapixel genügen.",
    "The photograph is not a JPEG.": "Das Foto ist kein JPEG.",
    "Let the phone save photographs as JPEG.": "Das Handy muss Fotos als JPEG speichern.",
    "The photograph cannot be read.": "Das Foto lässt sich nicht lesen.",
    "Take another, with 12 megapixels.": "Mach ein neues, mit 12 Megapixeln.",
    "Wall": "Wand",
    "Phones": "Handys",
    "or": "oder",
    "no network": "kein Netz",
    "{phones}, {n} waiting": "{phones}, wartend: {n}",
    "Wall and phones": "Wand und Handys",
    "Camera": "Kamera",
    "{phones} connected": "{phones} verbunden",
    "locked: nobody new can join": "gesperrt: niemand kann dazukommen",
    "Now": "Jetzt",
    "lets another phone in": "lässt ein anderes Handy herein",
    "is the camera": "ist die Kamera",
    "wants to be the camera": "will die Kamera sein",
    (
        "No phone has reached this computer yet: guest Wi-Fi often keeps devices apart, and a firewall"
        " may ask for permission; a hot spot of your own phone works, and so do paper cards."
    ): (
        "Noch hat kein Handy diesen Rechner erreicht: Im Gäste-WLAN sehen Geräte einander oft nicht, und"
        " eine Firewall fragt vielleicht um Erlaubnis; ein Hotspot des eigenen Handys geht, und Karten"
        " aus Papier gehen auch."
    ),
    # files
    "Saved": "Gespeichert",
    "Not saved": "Nicht gespeichert",
    "Without a wall": "Ohne Wand",
}
"""The phrases by their English, with the same fields in braces."""
