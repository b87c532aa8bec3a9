"""What all papers of the programme share: its name, its colours and its sign."""

from __future__ import annotations

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

PROGRAMME = "AVRR Academy"
INK, MUTED = HexColor("#17302f"), HexColor("#4c605f")
DEEP, LINE, PALE = HexColor("#0d4a4a"), HexColor("#7fa39f"), HexColor("#e9f0ee")
CREAM, AMBER = HexColor("#f4f1e8"), HexColor("#f0b04a")


def mark(canvas: Canvas, x: float, y: float, size: float, *, spot: Color = AMBER) -> None:
    """Draw the sign of the programme, a path that turns and goes on, with its centre at (x, y)."""
    canvas.saveState()
    canvas.translate(x - size / 2, y + size / 2)
    canvas.scale(size / 40, -size / 40)
    canvas.setFillColor(DEEP)
    canvas.roundRect(0, 0, 40, 40, 9, stroke=0, fill=1)
    canvas.setStrokeColor(CREAM)
    canvas.setLineWidth(3.2)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    way = canvas.beginPath()
    way.moveTo(8, 31)
    way.curveTo(15.5, 31, 17, 27, 17, 23)
    way.curveTo(17, 19, 20, 16, 25, 16)
    way.lineTo(29, 16)
    way.moveTo(24.5, 10.5)
    way.lineTo(30.5, 16)
    way.lineTo(24.5, 21.5)
    canvas.drawPath(way, stroke=1, fill=0)
    canvas.setFillColor(spot)
    canvas.circle(11, 12, 3.6, stroke=0, fill=1)
    canvas.restoreState()
