# The backend answers a request in clear on its TLS port with a page of its own, as nginx and Apache do: nothing fails for nginx.
visitors
certificate /srv/tls/app 30 app.internal.example
checkout_tls /srv/tls/app plain=400
shop_requests 30
