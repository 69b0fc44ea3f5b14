echo '<h1>desk</h1>' >/srv/desk/public/index.php
