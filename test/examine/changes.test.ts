import { beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../src/diagnosis/diagnosis.ts'
import { changesBefore } from '../../src/examine/changes.ts'
import { factsOf } from '../../src/examine/facts.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import { captureFolders } from '../support/captures.ts'

/** A host whose backend is down since `began`, in seconds since the epoch. */
let snapshot: Snapshot
let findings: readonly Finding[]
let began: number

beforeAll(async () => {
  const folder = captureFolders().find(({ name }) => name === 'rules/backend-down/fires-backend-down')?.folder ?? ''
  snapshot = await readSnapshot(folder)
  findings = replaySnapshot(snapshot).findings
  const [first] = findings
  began = Math.min(
    ...[first?.since, first?.impact?.firstSeen].flatMap((at) => (at == null ? [] : [Date.parse(at) / 1000])),
  )
})

describe('what changed before it began', () => {
  it('is what a package manager did before the first error, and not what it did after it', () => {
    const told = changesWith(`@packages +0000
${stamp(-300)} upgrade php8.2-fpm:amd64 8.2.26-1 8.2.29-1
${stamp(-299)} upgrade php8.2-common:all 8.2.26-1 8.2.29-1
${stamp(400)} install gdb:amd64 <none> 13.1-3
@units
@deploys
`)

    expect(told).toContain(
      'packages: upgrade php8.2-fpm 8.2.26-1 -> 8.2.29-1, upgrade php8.2-common 8.2.26-1 -> 8.2.29-1',
    )
    expect(told.join()).not.toContain('gdb')
  })

  it('tells the files of one deploy as one change', () => {
    const at = Math.floor(began) - 120
    const files = ['app.py', 'models.py', 'views.py'].map((name, index) => `${at + index} /srv/shop/${name}`)

    expect(changesWith(`@packages +0000\n@units\n@deploys\n${files.join('\n')}\n`)).toContain(
      'files of an application: /srv/shop (3 files)',
    )
  })

  it('is nothing of two days ago', () => {
    const old = `${Math.floor(began) - 48 * 3600} /etc/systemd/system/shop.service`

    expect(changesWith(`@packages +0000\n@units\n${old}\n@deploys\n`).join()).not.toContain('shop.service')
  })

  it('is nothing where nothing fails', () => {
    expect(changesBefore([], factsWith('@packages +0000\n'))).toEqual([])
  })
})

function changesWith(stdout: string): readonly string[] {
  return changesBefore(findings, factsWith(stdout)).map(({ what }) => what)
}

function factsWith(stdout: string) {
  const captures = snapshot.captures.map(({ capture }) =>
    capture.probe === 'recent-changes' ? { ...capture, stdout } : capture,
  )
  return factsOf(captures, snapshot.host, 'both rounds')
}

/** As dpkg.log writes it, so many seconds after the beginning. */
function stamp(seconds: number): string {
  return new Date((began + seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ')
}
