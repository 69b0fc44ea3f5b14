import { describe, expect, it } from 'vitest'
import { hiddenBy, hiddenOnTheWay } from '../../src/rules/unit-view.ts'

describe('what a unit does not see', () => {
  it.each([
    ['/home/anna/public/index.php', ['ProtectHome=yes'], 'ProtectHome=yes'],
    ['/home/anna/public/index.php', ['ProtectHome=tmpfs'], 'ProtectHome=tmpfs'],
    ['/home/anna/public/index.php', ['ProtectHome=read-only', 'ProtectSystem=strict'], null],
    ['/homes/anna/index.php', ['ProtectHome=yes'], null],
    ['/tmp/site/index.php', ['PrivateTmp=yes'], 'PrivateTmp=yes'],
    ['/srv/blog/index.php', ['InaccessiblePaths=/srv/mail -/srv/blog'], 'InaccessiblePaths=/srv/mail -/srv/blog'],
    ['/srv/blog/index.php', ['RootDirectory=/srv/jail'], 'RootDirectory=/srv/jail'],
    ['/home/anna/public/index.php', ['ProtectHome=tmpfs', 'BindReadOnlyPaths=/home/anna/public'], null],
    [
      '/home/anna/public/index.php',
      ['ProtectHome=tmpfs', 'BindPaths=/srv/a:/home/otto:rbind'],
      'ProtectHome=tmpfs',
    ],
  ])('%s with %j', (path, sandbox, setting) => {
    expect(hiddenBy(sandbox, path)).toBe(setting)
  })

  it('is also what a link leads to', () => {
    const component = { mode: 'drwxr-xr-x', owner: 'root', group: 'root' }
    const path = {
      path: '/srv/blog/index.php',
      components: ['/', '/home', '/home/anna', '/srv', '/srv/blog'].map((each) => ({ ...component, path: each })),
      missing: null,
      hidden: null,
      danglingTo: null,
      changed: 1795230000,
      children: [],
    }

    expect(hiddenOnTheWay(['ProtectHome=yes'], path)).toBe('ProtectHome=yes')
    expect(hiddenOnTheWay(['ProtectHome=tmpfs', 'BindPaths=/home/anna/blog'], path)).toBeNull()
  })
})
