# A site got a very long name, for which the hash of names is too small, and nginx was restarted.
visitors
name=a-preview-of-the-branch-with-the-new-checkout-for-the-spring-campaign-of-all-countries.staging.example.com
printf 'server {\n    listen 80;\n    server_name %s;\n    root %s;\n}\n' "$name" "$WWW_DIR" >"$(new_site preview)"
grep -q '^[ \t]*server_names_hash_bucket_size' /etc/nginx/nginx.conf && exit 1
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
