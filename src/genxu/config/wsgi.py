"""The WSGI application; the mode is chosen by ``GENXU_MODE`` (see ``genxu.cli``)."""

from django.core.wsgi import get_wsgi_application

from genxu.config import mode

mode.choose()
application = get_wsgi_application()
