rm -f "$(new_site push)"
shop_as_shipped
chat_server_gone
