"""The national forms as frozen data: tables, rows, columns, spans, units, identities, and every Chinese label."""

from .forms import COLUMNS as COLUMNS
from .forms import EDITIONS as EDITIONS
from .forms import FIGURES as FIGURES
from .forms import FORMS as FORMS
from .forms import TABLES as TABLES
from .forms import Block as Block
from .forms import Column as Column
from .forms import Edition as Edition
from .forms import Form as Form
from .forms import FormRow as FormRow
from .forms import Identity as Identity
from .forms import Span as Span
from .forms import TableId as TableId
from .forms import form as form
from .forms import table_of as table_of
from .words import HEADINGS as HEADINGS
from .words import Heading as Heading
from .words import SectionId as SectionId
