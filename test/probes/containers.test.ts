import { describe, expect, it } from 'vitest'
import { containers } from '../../src/probes/containers.ts'

const shop = '65affc064b27ae55846c935be715338e45dda13558133a685f5fe8ba0e566d72'
const api = 'cb7490b512f5b3de5cf65831866a8991a75c1e9d7411dd6e11d64850fb12245b'

function read(stdout: string, truncated = false) {
  const capture = { probe: 'containers', host: 'web-1', command: '', exitCode: 0, ms: 1, stderr: '', timedOut: false }
  return containers.parse({ ...capture, stdout, truncated })
}

function known(stdout: string) {
  const result = read(stdout)
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

describe('containers of both engines', () => {
  // Recorded on Debian 12, podman 4.3.1.
  const stopped = `@engine podman read
${shop}|basket|localhost/shop/basket:1.4|Exited (137) 4 seconds ago|Exited (137) 4 seconds ago|127.0.0.1:8792->8000/tcp
@inspect podman
${shop}|exited|137|false|2026-11-21 17:21:59.568222804 +0000 UTC|2026-11-21 17:22:00.692536878 +0000 UTC|0|
@engine docker idle
@holders
@end
`

  it('says how and when one of podman ended, and which port it had', () => {
    expect(known(stopped).containers).toMatchObject([
      {
        name: 'basket',
        engine: 'podman',
        state: 'exited',
        exitCode: 137,
        oomKilled: false,
        finishedAt: Date.parse('2026-11-21T17:22:00Z') / 1000,
        published: [{ host: '127.0.0.1', port: 8792, to: 8000 }],
      },
    ])
  })

  it('knows an engine that does not run from one that refused', () => {
    const refused = '@engine podman absent\n@engine docker unknown sudo refused: docker ps -a\n@holders\n@end\n'

    expect(known(stopped).engines.map(({ state }) => state)).toEqual(['read', 'idle'])
    expect(known(refused).engines).toEqual([
      { name: 'podman', state: 'absent', reason: '' },
      { name: 'docker', state: 'unknown', reason: 'sudo refused: docker ps -a' },
    ])
  })

  it('has the ports of a docker container that is down from its settings', () => {
    const text = `@engine docker read
${api}|api|shop/api:2.0|exited|Exited (0) 5 seconds ago|
@inspect docker
${api}|exited|0|false|2026-11-21T17:08:14.886113662Z|2026-11-21T17:10:05.342958402Z|3||127.0.0.1:8089->8000/tcp :8443->443/tcp 
@mounts docker
${api}|/srv/shop>/var/www/html|/srv/media>/media
@holders
@end
`

    expect(known(text).containers[0]).toMatchObject({
      restarts: 3,
      unit: null,
      mounts: [
        { source: '/srv/shop', at: '/var/www/html' },
        { source: '/srv/media', at: '/media' },
      ],
      published: [
        { host: '127.0.0.1', port: 8089, to: 8000 },
        { host: '', port: 8443, to: 443 },
      ],
    })
  })

  it('ties the network of a container to the process that holds its port, without any engine', () => {
    const text = `@engine docker unknown sudo refused: docker ps -a
@inside ${api} 828 own 5612.3
listens 00000000:1F40
listens 00000000000000000000000001000000:1F90
address 172.17.0.2
@holders
proxy 794 127.0.0.1 8089 172.17.0.2 8000

@end
`

    const { containers: found, holders } = known(text)

    expect(found).toMatchObject([
      {
        id: api,
        name: null,
        state: 'running',
        published: [{ host: '127.0.0.1', port: 8089, to: 8000 }],
        inside: {
          pid: 828,
          startedAt: 5612.3,
          sameNetwork: false,
          listeners: [
            { address: '0.0.0.0', port: 8000 },
            { address: '::1', port: 8080 },
          ],
        },
      },
    ])
    expect(holders).toEqual([{ pid: 794, container: api }])
  })

  it('is not known where it was cut, or did not come to its end', () => {
    expect(read(stopped, true).ok).toBe(false)
    expect(read(stopped.replace('@end\n', '')).ok).toBe(false)
  })
})
