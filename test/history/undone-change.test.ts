import { describe, expect, it } from 'vitest'
import type { DiagnosisKept } from '../../src/history/entry.ts'
import type { HostDigest } from '../../src/history/host-digest.ts'
import { takenOut, undoneChange } from '../../src/history/undone-change.ts'
import { day, failing, finding } from './remembering.ts'

const file = '/etc/nginx/sites-enabled/shop.conf'
const diff = `# stopgap: ${file} is written by Ansible, which will undo this
--- a/etc/nginx/sites-available/shop.conf
+++ b/etc/nginx/sites-available/shop.conf
@@ -1,3 +1,3 @@
 upstream shop {
-    server 127.0.0.1:8080;
+    server 127.0.0.1:8081;
 }
--- a/etc/nginx/nginx.conf
+++ b/etc/nginx/nginx.conf
-user nobody;
`

function wrongPort(at: string, line = 'server 127.0.0.1:8080;'): DiagnosisKept {
  const takesOut = { file, lines: [line] }
  return failing(at, { findings: [finding({ cause: 'backend-wrong-port', subject: { file }, takesOut })] })
}

function healthy(at: string, lines: readonly string[] | null): HostDigest {
  return {
    host: 'web-3',
    collectedAt: at,
    rights: { owners: true, dumped: true },
    nginx: null,
    units: null,
    listeners: null,
    files: { [file]: { hash: 'x', lines } },
    certificates: null,
  }
}

const mended = ['upstream shop {', '    server 127.0.0.1:8081;', '}']

describe('a change of the configuration that somebody undid', () => {
  it('is noticed with the diagnosis that asked for it, the look that saw it, and who writes the file', () => {
    expect(undoneChange(wrongPort(day(9)), [wrongPort(day(1))], healthy(day(2), mended), 'Ansible')).toEqual({
      file,
      askedAt: day(1),
      seenAt: day(2),
      writtenBy: 'Ansible',
    })
  })

  it.each([
    ['nobody has asked for it before', [], healthy(day(2), mended)],
    ['something else was to come out', [wrongPort(day(1), 'server 127.0.0.1:9999;')], healthy(day(2), mended)],
    ['the host was not seen healthy since', [wrongPort(day(3))], healthy(day(2), mended)],
    ['the old line was there in the healthy look', [wrongPort(day(1))], healthy(day(2), ['\tserver 127.0.0.1:8080;'])],
    ['the file was too large to be kept', [wrongPort(day(1))], healthy(day(2), null)],
    ['the host was never seen healthy', [wrongPort(day(1))], null],
  ])('is not claimed where %s', (_what, remembered, last) => {
    expect(undoneChange(wrongPort(day(9)), remembered, last, null)).toBeNull()
  })
})

describe('the lines that a diff takes out', () => {
  it('are those of its first file, under the name by which nginx reads it', () => {
    expect(takenOut(diff, file)).toEqual({ file, lines: ['server 127.0.0.1:8080;'] })
  })

  it('stand under the name of the diff where the finding is about another file', () => {
    expect(takenOut(diff, '/etc/nginx/nginx.conf')?.file).toBe('/etc/nginx/sites-available/shop.conf')
  })

  it.each([
    ['no diff', null],
    ['one that only adds', '--- a/etc/nginx/nginx.conf\n+++ b/etc/nginx/nginx.conf\n+user www-data;\n'],
    ['no unified diff', 'server 127.0.0.1:8080;'],
  ])('are none in %s', (_what, text) => {
    expect(takenOut(text, file)).toBeNull()
  })
})
