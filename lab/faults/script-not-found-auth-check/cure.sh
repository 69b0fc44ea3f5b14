mv /srv/check/old/session.php /srv/check/session.php
