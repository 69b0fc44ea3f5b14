# A container that docker starts again and again (--restart always): its application ends with an error a second after each start.
visitors
checkout_unit_gone
containers_ready docker
checkout_container docker --restart always -p "$SHOP_ADDRESS:8000" -- 0.0.0.0 8000 fail
sleep 8
shop_requests 60
