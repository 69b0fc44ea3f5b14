import { describe, expect, it } from 'vitest'
import { rightsText } from '../../src/cli/rights-text.ts'
import { judgeRights, readRights, type Rights } from '../../src/cli/rights.ts'
import { actLines, readLines } from '../../src/cli/sudoers-text.ts'

const acting = { name: 'web-1', act: { user: 'medic-act', units: ['app@1:2.service'], nginx: true } }

/** As sudo lists what the generated file allows: it keeps the escapes of the file, commas were taken care of when it was read. */
function rights(commands: readonly string[], more: Partial<Rights> = {}): Rights {
  return { user: 'medic', uid: 1001, groups: ['medic', 'adm', 'systemd-journal'], commands, ...more }
}

describe('the rights of a user, held against the generated sudoers file', () => {
  it.each([
    ['read', readLines([])],
    ['act', actLines([acting], [])],
  ])('are whole and not more with exactly that file: %s user', (_who, lines) => {
    const judged = judgeRights(rights(lines), lines)

    expect([judged.missing, judged.beyond]).toEqual([[], []])
    expect(rightsText(rights(lines), judged).join('\n')).toContain('It may do nothing else as root')
  })

  it('miss what the file of a host does not have yet', () => {
    const lines = actLines([acting], [])

    const judged = judgeRights(rights(lines.filter((line) => !line.includes('reset-failed'))), lines)

    expect(judged.missing).toContain('systemctl reset-failed app@1:2.service')
    expect(judged.may).toContain('systemctl start app@1:2.service')
  })

  it.each<[string, Partial<Rights>, RegExp]>([
    ['everything', { commands: ['ALL'] }, /everything \(ALL\)/],
    ['any argument', { commands: ['/usr/bin/systemctl'] }, /\/usr\/bin\/systemctl/],
    ['a wildcard', { commands: ['/usr/bin/systemctl restart *'] }, /restart \*/],
    ['a program that reads files', { commands: ['/usr/bin/cat'] }, /\/usr\/bin\/cat/],
    ['the unit of another host', { commands: ['/usr/bin/systemctl start other.service'] }, /other\.service/],
    ['being root', { uid: 0, commands: [] }, /it is root/],
    ['a group that is as good as root', { commands: [], groups: ['medic', 'docker'] }, /group docker/],
  ])('are too much with %s', (_what, more, expected) => {
    const asked = rights([], more)

    const judged = judgeRights(asked, actLines([acting], []))

    expect(judged.beyond.join('\n')).toMatch(expected)
    expect(rightsText(asked, judged).join('\n')).toContain('can do more than it should')
    expect(rightsText(asked, judged).join('\n')).not.toContain('nothing else')
  })

  it('are read from the answer of a host, and null from anything else', () => {
    const stdout = 'user medic\nuid 1001\ngroups medic adm\nmay /usr/bin/ss -Htanp\nmay \n'

    expect(readRights(stdout)).toEqual({
      user: 'medic',
      uid: 1001,
      groups: ['medic', 'adm'],
      commands: ['/usr/bin/ss -Htanp'],
    })
    expect(readRights('This account is currently not available.\n')).toBeNull()
  })
})
