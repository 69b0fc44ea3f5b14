chgrp www-data /etc/nginx/tls/secure.example.com.key
chmod 0640 /etc/nginx/tls/secure.example.com.key
