import { applyPatch } from 'diff'
import { expect, test } from 'vitest'
import { redactDiff } from '../../src/redact/redact-diff.ts'

const before = [
  'server {',
  '    listen 80;',
  '    set $api_token abc123;',
  '    location / {',
  '        proxy_pass http://127.0.0.1:8080;',
  '    }',
  '    secure_link_secret enigma;',
  '    location /b {',
  '        proxy_pass http://127.0.0.1:8080;',
  '    }',
  '}',
  '',
].join('\n')

const diff = `--- a/etc/nginx/conf.d/shop.conf
+++ b/etc/nginx/conf.d/shop.conf
@@ -2,9 +2,9 @@
     listen 80;
     set $api_token abc123;
     location / {
-        proxy_pass http://127.0.0.1:8080;
+        proxy_pass http://127.0.0.1:8081;
     }
     secure_link_secret enigma;
     location /b {
-        proxy_pass http://127.0.0.1:8080;
+        proxy_pass http://127.0.0.1:8081;
     }
`

test('a diff without secrets stays as it is', () => {
  const clean = '--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n listen 80;\n-server 127.0.0.1:8080;\n+server 127.0.0.1:8081;\n'

  expect(redactDiff(clean)).toBe(clean)
})

test('context lines with a secret are left out, and the diff still applies to the file', () => {
  const redacted = redactDiff(diff) ?? ''

  expect(redacted).not.toMatch(/abc123|enigma|redacted/)
  expect(applyPatch(before, redacted)).toBe(before.replaceAll('8080', '8081'))
})

test.each(['-    set $api_token abc123;', '+    set $api_token abc124;'])(
  'a diff that changes a secret line is none: %s',
  (line) => {
    expect(redactDiff(`--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n listen 80;\n${line}\n`)).toBeNull()
  },
)

test('an inserted line in front of a secret keeps its place', () => {
  const inserting = '--- a/x\n+++ b/x\n@@ -3,1 +3,2 @@\n+    client_max_body_size 8m;\n     set $api_token abc123;\n'

  const redacted = redactDiff(inserting) ?? ''

  expect(redacted).toBe('--- a/x\n+++ b/x\n@@ -2,0 +3,1 @@\n+    client_max_body_size 8m;\n')
  expect(applyPatch(before, redacted)).toContain('listen 80;\n    client_max_body_size 8m;\n    set $api_token')
})

test('a second pass changes nothing', () => {
  const once = redactDiff(diff) ?? ''

  expect(redactDiff(once)).toBe(once)
})

test('a diff that would write a placeholder is none, and a context line with one is left out', () => {
  const head = '--- a/x\n+++ b/x\n'
  const writes = `${head}@@ -1,2 +1,2 @@\n listen 80;\n-server 127.0.0.1:8080;\n+set $api_token <redacted:token>;\n`
  const beside = `${head}@@ -1,3 +1,3 @@\n set $api_token <redacted:token>;\n listen 80;\n-server 127.0.0.1:8080;\n+server 127.0.0.1:8081;\n`

  expect(redactDiff(writes)).toBeNull()
  expect(redactDiff(beside)).toBe(
    `${head}@@ -2,2 +2,2 @@\n listen 80;\n-server 127.0.0.1:8080;\n+server 127.0.0.1:8081;\n`,
  )
})
