import type { LabUser } from '../../lab/keys.ts'

/** One host of the demo: which fault of the lab it shows, and what a newcomer is told about it. */
export interface DemoHost {
  readonly name: string
  /** A folder of lab/faults. */
  readonly fault: string
  /** In the words of somebody who only sees the site. */
  readonly about: string
  /** Who Gatemedic logs in as; root when absent. */
  readonly user?: LabUser
}

export const demoHosts: readonly DemoHost[] = [
  { name: 'web-1', fault: 'backend-down', about: 'shop.example.com answers 502' },
  { name: 'web-2', fault: 'healthy', about: 'nothing is wrong' },
  { name: 'web-3', fault: 'log-unreadable', about: 'looks fine, but may not read the log', user: 'plain' },
  { name: 'web-4', fault: 'config-not-reloaded', about: 'shop.example.com answers 502 after a change' },
  { name: 'web-5', fault: 'socket-missing', about: 'blog.example.com answers 502' },
  { name: 'web-6', fault: 'nginx-down', about: 'nobody answers at all' },
  { name: 'web-7', fault: 'firewall-blocked', about: 'shop.example.com answers 502' },
  { name: 'web-8', fault: 'backend-wrong-port', about: 'shop.example.com answers 502 after a release' },
  { name: 'web-9', fault: 'socket-permission', about: 'blog.example.com answers 502' },
  { name: 'web-10', fault: 'backend-slow', about: 'shop.example.com answers 504 now and then' },
]
