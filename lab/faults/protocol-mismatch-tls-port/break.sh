# The backend was moved to TLS; nginx still speaks http to it.
visitors
certificate /srv/tls/app 30 app.internal.example
checkout_tls /srv/tls/app
shop_requests 30
