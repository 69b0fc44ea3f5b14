chgrp -R wiki /srv/wiki
setfacl -m u:www-data:rx /srv/wiki 2>/dev/null || chmod 0755 /srv/wiki
chmod 0644 /srv/wiki/index.php
