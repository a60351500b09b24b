"""The WSGI application; the mode is chosen by ``GENXU_MODE`` (see ``genxu.cli``)."""

import os

from django.core.wsgi import get_wsgi_application

from genxu.config import mode

os.umask(0o077)
mode.choose()
application = get_wsgi_application()
