# The shop runs in a docker container, another one of podman stands beside it; one that ended long ago was never removed.
visitors
checkout_unit_gone
containers_ready docker
checkout_container docker -p "$SHOP_ADDRESS:8000" -- 0.0.0.0 8000
containers_ready podman
podman run -d --name side -p "127.0.0.1:$SPARE_PORT:8000" --ulimit host -v /usr:/usr:ro -v /srv/containers:/app:ro "shop/$SHOP_APP:1.4" python3 /app/serve.py 0.0.0.0 8000 >/dev/null
podman run --ulimit host --name migration -v /usr:/usr:ro "shop/$SHOP_APP:1.4" false || true
wait_until 15 accepts "$SHOP_ADDRESS"
shop_requests 20
