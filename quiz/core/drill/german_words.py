"""What a class reads on the wall, in German."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quiz.core.drill.german_device_words import ABOUT_DEVICES

PHRASES: Final[Mapping[str, str]] = {
    **ABOUT_DEVICES,
    # formats
    "Vote": "Abstimmung",
    (
        "Hands for each option, or everybody's own answer, shown as bars. Discuss, vote again, see the"
        " gain, and only then the correct answer."
    ): (
        "Meldungen für jede Antwort, oder die eigene Antwort von allen, als Balken. Besprecht euch,"
        " stimmt noch einmal ab, seht den Gewinn, und erst dann kommt die Lösung."
    ),
    "Everybody answers": "Alle antworten",
    (
        "Each pupil answers each question, on a phone, by a card, or through the teacher. What is right"
        " counts, not how fast."
    ): (
        "Alle beantworten jede Frage: am Handy, mit einer Karte oder durch die Lehrkraft. Was stimmt,"
        " zählt, nicht wie schnell."
    ),
    "Hot seat": "Heißer Stuhl",
    "Everybody thinks, then one pupil is drawn and answers aloud. Everyone once before anyone twice.": (
        "Alle denken nach, dann wird jemand ausgelost und antwortet laut. Alle einmal, bevor jemand"
        " zweimal drankommt."
    ),
    "Buzz": "Buzzer",
    ("Two to eight teams, a key each. The first key locks the others out; a wrong answer lets them steal."): (
        "Zwei bis acht Teams, jedes mit einer Taste. Die erste Taste sperrt die anderen; nach einer"
        " falschen Antwort dürfen die anderen."
    ),
    "Sprint": "Sprint",
    (
        "As many right answers as there is time for: one pupil, two in turn, or the class against its record."
    ): (
        "So viele richtige Antworten, wie die Zeit erlaubt: allein, zu zweit im Wechsel oder die Klasse"
        " gegen ihren Rekord."
    ),
    # before the first item
    "Questions": "Fragen",
    "Time": "Zeit",
    "Points": "Punkte",
    "Pupils": "Klasse",
    "Teams": "Teams",
    "Teacher": "Lehrkraft",
    "ctrl with each key, while teams may press theirs": (
        "Strg mit jeder Taste, solange die Teams drücken dürfen"
    ),
    "{n} had their turn already": "{n} waren schon dran",
    "Who": "Wer",
    "To beat": "Rekord",
    "no sprint like this one yet": "noch kein Sprint wie dieser",
    "and": "und",
    "right {points}": "richtig {points}",
    "partly right its share of that": "teilweise richtig anteilig",
    "with help {points}": "mit Hilfe {points}",
    "a little more for speed, never as much as for one more right answer": (
        "ein wenig mehr fürs Tempo, nie so viel wie für eine weitere richtige Antwort"
    ),
    "after t of T seconds up to {most} more: {all}/{items} × (1 − t/T)": (
        "nach t von T Sekunden bis zu {most} mehr: {all}/{items} × (1 − t/T)"
    ),
    "begins": "beginnt",
    "takes any key back": "nimmt jede Taste zurück",
    "shows all keys": "zeigt alle Tasten",
    # what goes on
    "Everybody thinks.": "Alle denken nach.",
    "draws who answers.": "lost aus, wer antwortet.",
    "waits: nobody is here ({key}).": "wartet: niemand ist da ({key}).",
    "the answer": "Antwort",
    "pass": "passen",
    "class helps": "Klasse hilft",
    "The class helps: right counts half.": "Die Klasse hilft: Richtig zählt halb.",
    "Press your key.": "Drückt eure Taste.",
    "Steal it! Press your key.": "Eure Chance! Drückt eure Taste.",
    "Locked out:": "Gesperrt:",
    "answers.": "ist dran.",
    "shows the correct answer": "zeigt die Lösung",
    "shows the correct answer, if nobody knows": "zeigt die Lösung, wenn es niemand weiß",
    "gives 30 s more": "gibt 30 s mehr",
    "Think, and answer aloud.": "Denkt nach und antwortet laut.",
    "Think, then vote.": "Denkt nach, dann stimmt ab.",
    "Vote again.": "Stimmt noch einmal ab.",
    "Hands up!": "Hände hoch!",
    "Everybody answers.": "Alle antworten.",
    "{answers}: no more are taken.": "{answers}: Jetzt ist Schluss.",
    "who is missing": "wer fehlt noch",
    "All have answered": "Alle haben geantwortet",
    "Pupil and answer, such as {line}": "Nummer und Antwort, etwa {line}",
    "{who} has answered.": "{who} hat geantwortet.",
    "{who} answered anew.": "{who} hat neu geantwortet.",
    "No answers are taken now.": "Jetzt wird keine Antwort angenommen.",
    "That pupil does not take part in this drill.": "Diese Nummer macht nicht mit.",
    "That pupil is marked absent.": "Diese Nummer ist als abwesend eingetragen.",
    "That answer does not fit this question.": "Diese Antwort passt nicht zur Frage.",
    "Answers cannot be changed in this drill.": "Antworten können hier nicht geändert werden.",
    "There is no seat {number}.": "Den Platz {number} gibt es nicht.",
    "Give the number of a seat.": "Gib die Nummer eines Platzes an.",
    "Several pupils are called that. Add the number, as in Anna 1.": (
        "So heißen mehrere. Füge die Nummer an, etwa Anna 1."
    ),
    "Nobody of that name is on the class list.": "Niemand mit diesem Namen steht auf der Liste.",
    "Type a pupil's number or name and the answer, such as 7 b.": (
        "Tippe Nummer oder Namen und die Antwort ein, etwa 7 b."
    ),
    "There is no pupil “{name}”.": "Den Namen „{name}“ gibt es nicht.",
    "Give letters, A to {last}.": "Gib Buchstaben von A bis {last} an.",
    "Give one letter, A to {last}.": "Gib einen Buchstaben von A bis {last} an.",
    "Give each letter, A to {last}, once.": "Gib jeden Buchstaben von A bis {last} einmal an.",
    "Give {n} letters, A to {last}, one for each from the top.": (
        "Gib {n} Buchstaben von A bis {last} an, von oben je einen."
    ),
    "Give at most {n} texts with ; between them.": "Gib höchstens {n} Texte an, mit ; dazwischen.",
    "missing {numbers}": "es fehlen {numbers}",
    "Pupils cannot answer this question.": "Diese Frage kann niemand selbst beantworten.",
    "Talk about it.": "Sprecht darüber.",
    "How did you vote?": "Wie habt ihr abgestimmt?",
    "And after the discussion?": "Und nach dem Gespräch?",
    "discuss and vote again": "besprechen, noch einmal abstimmen",
    "Who had it right?": "Wer hatte es richtig?",
    "Had it right": "Hatte es richtig",
    "Did not": "Hatte es nicht",
    "hands": "Meldungen",
    "votes": "Stimmen",
    "bars": "Balken",
    "{n} of {all}": "{n} von {all}",
    "{n} are too many: {left} of {all} are left.": "{n} sind zu viele: {left} von {all} sind noch übrig.",
    "paused": "angehalten",
    "Paused": "Angehalten",
    "Time is up": "Die Zeit ist um",
    "Time is up.": "Die Zeit ist um.",
    # how it went
    "right": "richtig",
    "wrong": "falsch",
    "skipped": "übersprungen",
    "correct answer": "Lösung",
    "Answers": "Antworten",
    "Missing": "Es fehlen",
    "Next": "Weiter",
    "nobody": "niemand",
    "then": "dann",
    "Correct answer": "Lösung",
    "The correct answer": "Die Lösung",
    "correct": "richtig",
    "answered": "geantwortet",
    "into": "in",
    "1st": "1.",
    "2nd": "2.",
    "Right!": "Richtig!",
    "right!": "richtig!",
    "right, with help.": "richtig, mit Hilfe.",
    "not this time.": "diesmal nicht.",
    "Nobody answered this one.": "Hier hat niemand geantwortet.",
    "Nobody got this one.": "Das wusste niemand.",
    "for speed": "fürs Tempo",
    "next question": "nächste Frage",
    "next": "weiter",
    "{n} of {all} right": "{n} von {all} richtig",
    "{share} % before: a gain of {points}": "vorher {share} %: {points} mehr",
    "{share} % before: a loss of {points}": "vorher {share} %: {points} weniger",
    "{share} % before as well": "vorher auch {share} %",
    "right · {wrong} wrong": "richtig · {wrong} falsch",
    "{n} right": "{n} richtig",
    "{n} partly right: {share} % of the points": "{n} teilweise richtig: {share} % der Punkte",
    # the board and who is on it
    "Board": "Stand",
    "Nobody has answered yet.": "Noch keine Antwort.",
    "Points come with the answer.": "Punkte gibt es mit der Lösung.",
    "The class": "Die Klasse",
    "Pupil {number}": "Nummer {number}",
    "Anonymous pupil": "Ohne Namen",
    "Blue": "Blau",
    "Orange": "Orange",
    "Green": "Grün",
    "Purple": "Lila",
    "Yellow": "Gelb",
    "Sky": "Hellblau",
    "Red": "Rot",
    "Grey": "Grau",
    # what the last key did
    "{who} joined.": "Neu dabei: {who}.",
    "One more pupil joined.": "Jemand ist dazugekommen.",
    "{who} is absent.": "{who} fehlt.",
    "Taken back: {step}.": "Zurückgenommen: {step}.",
    "the beginning": "der Anfang",
    "the skipping": "das Überspringen",
    "the correct answer": "die Lösung",
    "the verdict": "das Urteil",
    "the pass": "das Passen",
    "the last count of hands": "die letzte Zählung",
    "who joined last": "wer zuletzt dazukam",
    "the extra time": "die Zusatzzeit",
    "the early end": "das vorzeitige Ende",
    "the last step": "der letzte Schritt",
    "the key that was pressed first": "die zuerst gedrückte Taste",
    "the draw": "die Auslosung",
    "the help": "die Hilfe",
    "the absence": "das Fehlen",
    "the return": "die Rückkehr",
    "the end of the answers": "der Schluss der Antworten",
    "the answer typed in last": "die zuletzt eingetippte Antwort",
    "the bars": "die Balken",
    "the end of the vote": "das Ende der Abstimmung",
    "the second vote": "die zweite Abstimmung",
    # options
    "True": "Wahr",
    "False": "Falsch",
    # dialogs
    "Who is here?": "Wer ist da?",
    "here": "da",
    "absent": "fehlt",
    "{turn} marks absent or present · {close} goes back": "{turn} ändert es · {close} geht zurück",
    "Who came late?": "Wer ist dazugekommen?",
    "End this drill now? What was answered stays, and the report is shown.": (
        "Jetzt beenden? Was beantwortet ist, bleibt, und der Bericht wird gezeigt."
    ),
    "End it": "Beenden",
    # the end
    "A tie of {n} at the top.": "{n} teilen sich den ersten Platz.",
    "comes first.": "liegt vorn.",
    "The board is hidden.": "Der Stand ist verdeckt.",
    "Not called": "Nicht dran",
    "Absent": "Es fehlten",
    "of {n} hands were right in the end.": "von {n} Meldungen waren am Ende richtig.",
    "of all answers were right.": "aller Antworten waren richtig.",
    "of all points were reached.": "aller Punkte wurden erreicht.",
    "Nobody was right.": "Niemand hatte recht.",
    "Nothing was answered.": "Es wurde nichts beantwortet.",
    "A new record!": "Ein neuer Rekord!",
    "It was {record}.": "Bisher waren es {record}.",
    "right, with extra time: it counts for no record.": "richtig, mit Zusatzzeit: kein Rekord.",
    "right. The record is {record}.": "richtig. Der Rekord steht bei {record}.",
    "right: a record to beat.": "richtig: Das ist der Rekord.",
    "and {n} more": "und {n} weitere",
    "Nothing needs to be taught again.": "Nichts muss wiederholt werden.",
    "To teach again: {questions}": "Noch einmal üben: {questions}",
    "{share} % of {all}": "{share} % von {all}",
    "{share} % missed": "{share} % falsch",
    "{share} % of {all} missed": "{share} % von {all} falsch",
    "{share} % of points": "{share} % der Punkte",
    "{share} % of points missed": "{share} % Punkte verfehlt",
    "helped": "Hilfe",
    "partly": "teils",
    "passed": "gepasst",
    "points": "Punkte",
    "answer not shown": "ohne Lösung",
    "left out": "ausgelassen",
    "gain {gain}": "Gewinn {gain}",
    "{before} % → {after} % right": "{before} % → {after} % richtig",
    # the bar of keys
    "Begin": "Beginnen",
    "Next question": "Nächste Frage",
    "Right": "Richtig",
    "Wrong": "Falsch",
    "Undo": "Rückgängig",
    "Pause": "Anhalten",
    "Go on": "Weiter",
    "Skip": "Überspringen",
    "Note": "Notiz",
    "Draw": "Auslosen",
    "Pass": "Passen",
    "Helped": "Hilfe",
    "Next option": "Nächste Antwort",
    "Bars": "Balken",
    "Close": "Schluss",
    "Type in": "Eintippen",
    "Who is missing": "Wer fehlt",
    "Discuss, vote again": "Besprechen, noch einmal",
    "Let in": "Hereinlassen",
    "Take out": "Herausnehmen",
    "Lock": "Sperren",
    "New PIN": "Neue PIN",
    "On the wall": "An die Wand",
    "Drill missed": "Noch einmal",
    "Study missed": "Lernen",
    "Names": "Namen",
    "Back": "Zurück",
    "Help": "Hilfe",
}
"""The phrases by their English, with the same fields in braces."""
NOUNS: Final[Mapping[str, tuple[str, str]]] = {
    "bank": ("Fragensammlung", "Fragensammlungen"),
    "question": ("Frage", "Fragen"),
    "hand": ("Meldung", "Meldungen"),
    "phone": ("Handy", "Handys"),
    "vote": ("Stimme", "Stimmen"),
    "answer": ("Antwort", "Antworten"),
    "absent": ("fehlt", "fehlen"),
    "answer still missing": ("Antwort fehlt noch", "Antworten fehlen noch"),
    "pupil still to come": ("noch nicht dran", "noch nicht dran"),
}
"""What is counted, by its English singular: singular and plural."""
