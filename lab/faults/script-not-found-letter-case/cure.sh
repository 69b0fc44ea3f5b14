mv /srv/members/web/App.php /srv/members/web/app.php
