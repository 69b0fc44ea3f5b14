import { describe, expect, it } from 'vitest'
import { model } from '../../src/nginx/config-model.ts'
import { parseConfig } from '../../src/nginx/config-parse.ts'
import type { ConfigOnDisk } from '../../src/probes/nginx-config.ts'
import { replaceAddress } from '../../src/rules/config-line.ts'

const path = '/etc/nginx/nginx.conf'

describe('another address of a backend', () => {
  it('loses the colon before a path when it is no socket any more', () => {
    expect(added('proxy_pass http://unix:/run/a.sock:/v1;', 'unix:/run/a.sock', '127.0.0.1:8081')).toBe(
      'proxy_pass http://127.0.0.1:8081/v1;',
    )
  })

  it('gets a colon before a path when it becomes a socket', () => {
    expect(added('proxy_pass http://127.0.0.1:8080/v1;', '127.0.0.1:8080', 'unix:/run/a.sock')).toBe(
      'proxy_pass http://unix:/run/a.sock:/v1;',
    )
  })

  it('is not put into a longer one on the same line', () => {
    expect(added('server 127.0.0.1:8080; server 127.0.0.1:80;', '127.0.0.1:80', '127.0.0.1:81')).toBe(
      'server 127.0.0.1:8080; server 127.0.0.1:81;',
    )
  })

  it('is put nowhere when the line does not hold the old one', () => {
    expect(replaceAddress(onDisk('server 127.0.0.1:8080;'), path, 1, '127.0.0.1:80', '127.0.0.1:81')).toBeNull()
  })
})

function added(line: string, from: string, to: string): string | undefined {
  const diff = replaceAddress(onDisk(line), path, 1, from, to)
  return diff
    ?.split('\n')
    .find((each) => each.startsWith('+') && !each.startsWith('+++'))
    ?.slice(1)
}

function onDisk(text: string): ConfigOnDisk {
  const files = new Map([[path, `${text}\n`]])
  return {
    main: path,
    test: { kind: 'passed' },
    files,
    stats: [],
    dumpHash: null,
    dumped: true,
    model: model(parseConfig(files, path)),
  }
}
