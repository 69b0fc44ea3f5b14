import { describe, expect, it } from 'vitest'
import { routes } from '../../src/probes/routes.ts'
import { wayTo } from '../../src/rules/way-to.ts'

function captured(stdout: string) {
  return {
    probe: 'routes',
    host: 'web-1',
    command: '',
    exitCode: 0,
    ms: 1,
    stdout,
    stderr: '',
    truncated: false,
    timedOut: false,
  }
}

function wayOf(host: string, stdout: string) {
  const result = routes.parse(captured(stdout))
  if (!result.ok) throw new Error(result.reason)
  return wayTo(host, { known: true, value: result.value, source: { host: 'web-1', probe: 'routes', command: '' } })
}

const links =
  '@link lo LOOPBACK,UP,LOWER_UP\n@link host0 BROADCAST,MULTICAST,UP,LOWER_UP\n@address lo 127.0.0.1/8\n@address host0 10.77.1.2/24\n'

describe('the way to a backend', () => {
  it('ends at a neighbour that does not answer', () => {
    const way = wayOf(
      '10.77.1.9',
      `@route 0 10.77.1.9 \n10.77.1.9 dev host0 src 10.77.1.2 uid 0\n@neighbour 10.77.1.9 dev host0 FAILED\n${links}`,
    )

    expect(way).toMatchObject({ kind: 'none', noWay: { reason: 'dead-neighbour' } })
  })

  it('leads astray where a narrower network covers the one that has the machine', () => {
    const way = wayOf(
      '10.77.1.9',
      `@route 0 10.77.1.9 \n10.77.1.9 dev br-build src 10.77.1.10 uid 0\n@neighbour 10.77.1.9 dev host0 lladdr 02:00 STALE\n@neighbour 10.77.1.9 dev br-build FAILED\n${links}@link br-build BROADCAST,MULTICAST,UP,LOWER_UP\n@address br-build 10.77.1.10/29\n`,
    )

    expect(way).toMatchObject({ kind: 'none', noWay: { reason: 'overlapping-network' } })
  })

  it('is open where the interface of the route has an answer, whatever others remember', () => {
    const way = wayOf(
      '10.77.1.9',
      `@route 0 10.77.1.9 \n10.77.1.9 dev host0 src 10.77.1.2 uid 0\n@neighbour 10.77.1.9 dev br-old FAILED\n@neighbour 10.77.1.9 dev host0 lladdr 02:00 REACHABLE\n${links}`,
    )

    expect(way).toMatchObject({ kind: 'open', answers: true })
  })

  it('ends at a gateway that does not answer', () => {
    const way = wayOf(
      '10.0.3.7',
      `@route 0 10.0.3.7 \n10.0.3.7 via 10.77.1.1 dev host0 src 10.77.1.2\n@neighbour \n@gateway 10.77.1.1 10.77.1.1 dev host0 INCOMPLETE\n${links}`,
    )

    expect(way).toMatchObject({ kind: 'none', noWay: { reason: 'dead-gateway' } })
  })

  it('is refused by the narrowest route that does so', () => {
    const way = wayOf(
      '10.99.0.1',
      `@route 2 10.99.0.1 \nRTNETLINK answers: No route to host\n@neighbour \n@refusal blackhole 10.0.0.0/8\n@refusal unreachable 10.99.0.0/16 metric 1024\n${links}`,
    )

    expect(way).toMatchObject({
      kind: 'none',
      noWay: { reason: 'refusing-route', refusal: 'unreachable 10.99.0.0/16' },
    })
  })

  it('does not take the route by which every kernel refuses unknown IPv6 networks for one that somebody set', () => {
    const way = wayOf(
      '2001:db8::1',
      `@route 2 2001:db8::1 \nRTNETLINK answers: Network is unreachable\n@neighbour \n@refusal unreachable default dev lo table unspec proto kernel metric 4294967295 error -101\n${links}`,
    )

    expect(way).toMatchObject({ kind: 'none', noWay: { reason: 'no-route', words: 'this host has no IPv6 route' } })
  })

  it('goes elsewhere while the interface of its network is down', () => {
    const way = wayOf(
      '10.88.0.2',
      `@route 0 10.88.0.2 \n10.88.0.2 via 10.77.1.1 dev host0\n@neighbour \n@gateway 10.77.1.1 10.77.1.1 dev host0 REACHABLE\n${links}@link br0 BROADCAST,MULTICAST\n@address br0 10.88.0.1/24\n`,
    )

    expect(way).toMatchObject({ kind: 'none', noWay: { reason: 'link-down', link: { name: 'br0' } } })
  })

  it('is open when the neighbour answers, and unknown when nobody asked', () => {
    const text = `@route 0 10.77.1.9 \n10.77.1.9 dev host0 src 10.77.1.2\n@neighbour 10.77.1.9 dev host0 lladdr 02:00:00:00:00:01 REACHABLE\n${links}`

    expect(wayOf('10.77.1.9', text)).toMatchObject({ kind: 'open', onLink: true, answers: true })
    expect(wayOf('10.77.1.8', text)).toMatchObject({ kind: 'unknown' })
  })
})
