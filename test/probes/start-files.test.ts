import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFiles } from '../../src/probes/start-files.ts'
import { captureOf } from '../support/capture-of.ts'

// Debian 12, OpenSSL 3.0: a certificate, its key below a folder that our user may not enter, and a link of certbot to nothing.
const sample = `@file certificate /etc/nginx/ssl/shop.crt
mode -rw-r--r-- root root
there 1795230000
mount rw
end Jan  4 10:00:00 2027 GMT
public 5f1c2a77d0e1b3c4
@file key /etc/letsencrypt/live/shop/privkey.pem
mode drwx------ root root
hidden /etc/letsencrypt/live
mount rw
@file certificate /etc/letsencrypt/live/old/fullchain.pem
link ../../archive/old/fullchain1.pem
mode drwxr-xr-x root root
missing /etc/letsencrypt/live/old/fullchain.pem
mount ro
`

function read(stdout: string, truncated = false) {
  const result = startFiles.parse(captureOf('start-files', stdout, { truncated }))
  return result.ok ? result.value.files : []
}

describe('the files of a start', () => {
  it('are there with their end and public key, hidden, or missing behind a link', () => {
    const [certificate, key, dangling] = read(sample)

    expect(certificate).toMatchObject({
      state: 'there',
      notAfter: Date.UTC(2027, 0, 4, 10),
      publicKey: '5f1c2a77d0e1b3c4',
    })
    expect(key).toMatchObject({
      role: 'key',
      state: 'hidden',
      at: '/etc/letsencrypt/live',
      mode: 'drwx------ root root',
    })
    expect(dangling).toMatchObject({ state: 'missing', link: '../../archive/old/fullchain1.pem', readOnly: true })
  })

  it('are not told of the last one when the answer was cut', () => {
    expect(read(sample, true).map(({ path }) => path)).toEqual([
      '/etc/nginx/ssl/shop.crt',
      '/etc/letsencrypt/live/shop/privkey.pem',
    ])
  })
})

describe('the script on this machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'start-files-'))
  const at = (name: string): string => join(folder, name)

  beforeAll(() => {
    writeFileSync(at('there.pem'), 'no certificate\n')
    symlinkSync(at('nowhere'), at('dangling.pem'))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  it('tells what is there, what is not, and where a link points', () => {
    const asks = [`certificate|${at('there.pem')}`, `key|${at('no/such.key')}`, `certificate|${at('dangling.pem')}`]

    const files = read(execFileSync('sh', ['-c', startFiles.script, 'sh', ...asks], { encoding: 'utf8' }))

    expect(files.map(({ state, at: where, link }) => ({ state, where, link }))).toEqual([
      { state: 'there', where: at('there.pem'), link: null },
      { state: 'missing', where: at('no'), link: null },
      { state: 'missing', where: at('dangling.pem'), link: at('nowhere') },
    ])
  })
})
