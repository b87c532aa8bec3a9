"""What the check says of pictures, sound and film."""

from __future__ import annotations

from app.content.messages.message import N_, error, warning

MESSAGES = {
    "media-missing": error(N_('the folder media has no "%(name)s"'), N_("put the file there")),
    "media-kind": error(
        N_('"%(name)s" is a file of another kind'),
        N_(
            "pictures: svg, png, jpg, webp; film: mp4, webm; sound: also ogg, mp3, m4a;"
            " captions: vtt"
        ),
    ),
    "media-name": error(
        N_('file name "%(name)s"'), N_("use small letters a to z, digits, hyphens and dots")
    ),
    "media-type": error(N_('"%(name)s" has an ending of no use'), N_("use one of: %(known)s")),
    "media-content": error(
        N_("what is in the file is not %(type)s"), N_("save it again in the form its name says")
    ),
    "media-heavy": error(
        N_("the file has %(size)s kB, the most is %(max)s"),
        N_("make it smaller, shorter or simpler: officers read on a bad link"),
    ),
    "picture-wide": error(
        N_("the picture measures %(size)s pixels, the most is %(max)s"), N_("make it smaller")
    ),
    "svg-unsafe": error(
        N_('"%(found)s" may not stand in a picture'),
        N_("save it as plain SVG: shapes and words, no scripts, styles or outside addresses"),
    ),
    "svg-size": error(N_("the picture has no viewBox"), N_('add viewBox="0 0 width height"')),
    "media-unused": warning(N_("no lesson uses it"), N_("use it or delete it")),
    "alt-missing": error(
        N_('nothing says in words what "%(name)s" shows'),
        N_('write ![What it shows](file.svg "Caption"); for a poster poster_alt'),
    ),
    "alt-long": error(
        N_("%(count)s characters of alternative text"),
        N_("say it in 250, and the rest in the lesson"),
    ),
    "alt-mark": error(
        N_("mark or citation in an alternative text"), N_("move it to the caption or the lesson")
    ),
    "recording-id": error(
        N_('the id is "%(id)s" but the file is called "%(name)s"'), N_("give both the same name")
    ),
    "recording-long": error(
        N_("%(seconds)s seconds, the most is %(max)s"), N_("cut it or make two of it")
    ),
    "recording-short": error(
        N_("the scenes take %(seconds)s seconds, the least is %(min)s"),
        N_("give people time to look and to read: 6 to 9 seconds a scene"),
    ),
    "scene-shape": error(
        N_('"%(found)s" may not stand in the drawing of a scene'),
        N_("shapes only: no words, ids or gradients, colours as fill and stroke"),
    ),
    "scene-motion": error(
        N_('the drawing of a scene moves by a class "%(found)s", and there is none such'),
        N_("use a-draw, a-fade, a-left, a-pulse, a-right or a-rise, with d-1 to d-8 to wait"),
    ),
    "poster-missing": error(
        N_("a film without a still picture"), N_("add poster and poster_alt: nothing loads before")
    ),
    "captions-form": error(
        N_('captions: "%(found)s" is no WebVTT'),
        N_("begin with WEBVTT; then blocks of 00:01.000 --> 00:04.000 and words"),
    ),
    "captions-order": error(
        N_("captions: this begins before the one above it"), N_("put them in order of time")
    ),
    "captions-late": error(
        N_("captions: this ends after %(seconds)s seconds, the end of the recording"),
        N_("correct the time here, or seconds in the description"),
    ),
    "transcript-cite": error(
        N_("a citation in the full text of a recording"), N_("cite in the lesson beside it")
    ),
    "transcript-short": error(
        N_("the full text has %(count)s words, the captions have %(of)s"),
        N_("write down all that is said and all that is shown"),
    ),
}
