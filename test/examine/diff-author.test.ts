import { beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../src/diagnosis/diagnosis.ts'
import { withAuthor } from '../../src/examine/diff-author.ts'
import { factsOf } from '../../src/examine/facts.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import { captureFolders } from '../support/captures.ts'
import { captureOf } from '../support/capture-of.ts'

const file = '/etc/nginx/sites-enabled/shop.conf'
let moved: Snapshot

beforeAll(async () => {
  const folder =
    captureFolders().find(({ name }) => name === 'rules/backend-wrong-port/fires-backend-wrong-port')?.folder ?? ''
  moved = await readSnapshot(folder)
})

/** The same host, with this said about the owners of the file and this comment at its beginning. */
function fixWith(owners: string, header = ''): Finding['fix'] {
  const mark = `# configuration file ${file}:\n`
  const captures = moved.captures
    .filter(({ capture }) => capture.probe !== 'config-owners')
    .map((recorded) => ({
      ...recorded,
      capture: { ...recorded.capture, stdout: recorded.capture.stdout.replace(mark, () => mark + header) },
    }))
  const asked = { capture: captureOf('config-owners', `@file ${file}\n${owners}`), args: [file], round: 2 as const }
  const [first] = replaySnapshot({ ...moved, captures: [...captures, asked] }).findings
  if (!first) throw new Error('no finding')
  return first.fix
}

/** Where the link leads. */
function real(path: string): string {
  return path.replace('enabled', 'available')
}

describe('a diff for a file', () => {
  it('is shown as it is when nobody else writes the file', () => {
    const { steps, diff } = fixWith(`real ${file}\n`)

    expect(diff?.split('\n')[0]).toBe(`--- a${file}`)
    expect(steps.join('\n')).not.toContain('written by')
  })

  it('names the file behind a link, because patch does not write through links', () => {
    const { diff } = fixWith('real /etc/nginx/sites-available/shop.conf\n')

    expect(diff?.split('\n').slice(0, 2)).toEqual([
      '--- a/etc/nginx/sites-available/shop.conf',
      '+++ b/etc/nginx/sites-available/shop.conf',
    ])
  })

  it('names each file behind a link when it changes several', () => {
    const other = '/etc/nginx/sites-enabled/upstream.conf'
    const said = [file, other].map((path) => `@file ${path}\nreal ${real(path)}\n`).join('')
    const captures = [
      ...moved.captures.map(({ capture }) => capture).filter(({ probe }) => probe !== 'config-owners'),
      captureOf('config-owners', said),
    ]
    const [first] = replaySnapshot(moved).findings
    if (!first) throw new Error('no finding')
    const diff = [file, other].map((path) => `--- a${path}\n+++ b${path}\n@@ -1,1 +1,1 @@\n-a\n+b`).join('\n')

    const shown = withAuthor({ ...first, fix: { ...first.fix, diff } }, factsOf(captures, moved.host, 'both rounds'))
      .fix.diff

    expect(shown?.match(/^(?:---|\+\+\+) .*/gm)).toEqual([
      `--- a${real(file)}`,
      `+++ b${real(file)}`,
      `--- a${real(other)}`,
      `+++ b${real(other)}`,
    ])
  })

  it('is a stopgap when Ansible writes the file, and the first step says where the change belongs', () => {
    const { steps, diff, writtenBy } = fixWith(`real ${file}\n`, '# Ansible managed\n')

    expect(writtenBy).toBe('Ansible')
    expect(steps[0]).toMatch(/is written by Ansible: change the template/)
    expect(diff?.split('\n')[0]).toMatch(/^# stopgap: .*Ansible/)
  })

  it('is a stopgap in a git work tree, and where the file system is read-only', () => {
    expect(fixWith(`real ${file}\ngit /etc/nginx\n`).steps[0]).toMatch(/kept in git: change and commit/)
    expect(fixWith(`real ${file}\nread-only yes\n`).steps[0]).toMatch(/read-only/)
  })

  it('says what an upgrade will ask when a package brought the file and nobody changed it', () => {
    const { steps, diff } = fixWith(`real ${file}\npackage nginx-common untouched\n`)

    expect(steps.at(-1)).toContain('package nginx-common')
    expect(diff?.startsWith('---')).toBe(true)
  })
})
