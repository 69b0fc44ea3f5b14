import { alertChannel, alertHost } from './first-alert.ts'
import type { DemoHost } from '../hosts/host-list.ts'
import type { Hint } from '../slack/page/page-server.ts'

export type HostKind = 'recorded' | 'lab'

/** mrkdwn for the top of the page: what is live here, what is recorded, and how to leave the demo. */
export function bannerText(kind: HostKind): string {
  const live = 'Bot, worker, queue (Redis), SSH, rules and audit are the real program; this page stands in for Slack.'
  const hosts =
    kind === 'recorded'
      ? 'The hosts are *recordings* of real Debian hosts: they answer over SSH what they answered when they were broken, with clock times moved to now, and change to their recorded cured state when the right action is run.'
      : 'The hosts are *live* Debian hosts of the lab on this machine, broken just now.'
  const own =
    'For a host of your own: `npm run --silent cli -- diagnose HOST --inventory hosts.yml`, or Slack itself with docker-compose.yml (see README).'
  return [live, hosts, own].join('\n')
}

/** What the composer offers: enough to begin with, in one or two lines. */
export function hintsFor(hosts: readonly DemoHost[]): readonly Hint[] {
  const diagnoses = hosts.slice(0, 4).map(({ name, about }) => ({ text: `/nginx diagnose ${name}`, about }))
  return [
    ...diagnoses,
    { text: '/nginx diagnose group:demo', about: 'all of them at once' },
    { text: '/nginx explain', about: 'what pasted log lines mean' },
    { text: '/nginx hosts', about: 'every host Gatemedic knows' },
    { text: '/nginx help', about: 'all commands' },
  ]
}

/** Printed when everything runs; the first address in it is the page's. */
export function startText(pageUrl: string, kind: HostKind, hosts: readonly DemoHost[]): string {
  const width = Math.max(...hosts.map(({ name }) => name.length))
  return [
    '',
    `  Open ${pageUrl}`,
    '',
    '  Type there, as in Slack:   /nginx diagnose web-1',
    '  Then read the cause in the thread, press the button, confirm.',
    ...(hosts.some(({ name }) => name === alertHost)
      ? [`  In #${alertChannel.name} an alert about ${alertHost} gets its diagnosis by itself.`]
      : []),
    '',
    `  Hosts (${kind === 'recorded' ? 'recorded on real ones' : 'live, in the lab on this machine'}):`,
    ...hosts.map(({ name, about }) => `    ${name.padEnd(width)}  ${about}`),
    '',
    '  Ctrl-C ends everything.',
    '',
  ].join('\n')
}
