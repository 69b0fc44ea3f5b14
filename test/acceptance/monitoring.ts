import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { unpackedPackages } from '../../lab/debian-programs.ts'
import { freePort } from '../support/redis.ts'
import { until } from '../support/until.ts'

/** A site that is probed from outside. */
export interface Probed {
  /** As the label `instance` has it: "http://shop.example.com/cart". */
  readonly url: string
  /** Where it is asked. */
  readonly address: string
}

export interface Monitoring {
  /** "1" while the site answers, "0" while it does not, null before it was probed. */
  readonly probeSuccess: (url: string) => Promise<string | null>
  readonly output: () => string
  readonly stop: () => Promise<void>
}

/** The receiver of Alertmanager, as docs/alerts.md shows it. */
export interface Receiver {
  readonly url: string
  readonly bearer: string
}

/** Debian's own Prometheus, Alertmanager and blackbox exporter on free ports of loopback; they look every second. */
export async function startMonitoring(sites: readonly Probed[], receiver: Receiver): Promise<Monitoring> {
  const packages = ['prometheus', 'prometheus-alertmanager', 'prometheus-blackbox-exporter']
  const unpacked = await unpackedPackages(packages)
  const folder = mkdtempSync(join(tmpdir(), 'gatemedic-monitoring-'))
  const [prometheus, alertmanager, blackbox] = [await freePort(), await freePort(), await freePort()]
  const write = (name: string, content: object): string => {
    const path = join(folder, name)
    writeFileSync(path, stringify(content))
    return path
  }
  const rules = write('rules.yml', alertRules)
  const children = [
    start(unpacked, 'prometheus-blackbox-exporter', [
      `--config.file=${write('blackbox.yml', blackboxModules)}`,
      `--web.listen-address=127.0.0.1:${blackbox}`,
    ]),
    start(unpacked, 'prometheus-alertmanager', [
      `--config.file=${write('alertmanager.yml', alertmanagerConfig(receiver))}`,
      `--storage.path=${made(folder, 'alertmanager')}`,
      `--web.listen-address=127.0.0.1:${alertmanager}`,
      '--cluster.listen-address=',
    ]),
    start(unpacked, 'prometheus', [
      `--config.file=${write('prometheus.yml', prometheusConfig(sites, rules, { alertmanager, blackbox }))}`,
      `--storage.tsdb.path=${made(folder, 'prometheus')}`,
      `--web.listen-address=127.0.0.1:${prometheus}`,
    ]),
  ]
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
  const output = (): string => children.map((child) => child.output()).join('\n')
  try {
    await until('Prometheus is ready', () => isReady(prometheus), 60_000)
    await until('Alertmanager is ready', () => isReady(alertmanager), 60_000)
  } catch (cause) {
    await stop()
    throw new Error(`the monitoring did not start:\n${output()}`, { cause })
  }
  return {
    probeSuccess: (url) => probeSuccess(prometheus, url),
    output,
    stop,
  }
}

const blackboxModules = { modules: { http_2xx: { prober: 'http', timeout: '2s', http: { follow_redirects: false } } } }

const alertRules = {
  groups: [
    {
      name: 'sites',
      rules: [
        {
          alert: 'SiteDown',
          expr: 'probe_success == 0',
          for: '2s',
          labels: { severity: 'critical' },
          annotations: { summary: '{{ $labels.instance }} does not answer as it should' },
        },
      ],
    },
  ],
}

function alertmanagerConfig({ url, bearer }: Receiver): object {
  return {
    route: {
      receiver: 'gatemedic',
      group_by: ['alertname'],
      group_wait: '1s',
      group_interval: '1s',
      repeat_interval: '4h',
    },
    receivers: [
      {
        name: 'gatemedic',
        webhook_configs: [{ url, send_resolved: true, http_config: { authorization: { credentials: bearer } } }],
      },
    ],
  }
}

function prometheusConfig(
  sites: readonly Probed[],
  rules: string,
  { alertmanager, blackbox }: { readonly alertmanager: number; readonly blackbox: number },
): object {
  return {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: [rules],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanager}`] }] }] },
    scrape_configs: sites.map(({ url, address }, index) => ({
      job_name: `site-${index + 1}`,
      metrics_path: '/probe',
      params: {
        module: ['http_2xx'],
        target: [`http://${address}${new URL(url).pathname}`],
        hostname: [new URL(url).hostname],
      },
      static_configs: [{ targets: [`127.0.0.1:${blackbox}`], labels: { instance: url } }],
    })),
  }
}

function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/-/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function probeSuccess(port: number, url: string): Promise<string | null> {
  const query = encodeURIComponent(`probe_success{instance="${url}"}`)
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${query}`)
  return /"value":\[[\d.]+,"([01])"\]/.exec(await response.text())?.[1] ?? null
}

function made(folder: string, name: string): string {
  const path = join(folder, name)
  mkdirSync(path)
  return path
}

interface Started {
  readonly output: () => string
  readonly stop: () => Promise<void>
}

/** Alertmanager looks for its templates below /usr/share: what was unpacked is laid over it, for this process alone. */
const withShare = `
root=$1 program=$2; shift 2
mount -t overlay none -o "lowerdir=$root/usr/share:/usr/share" /usr/share
exec "$root/usr/bin/$program" "$@"`

function start(unpacked: string, program: string, options: readonly string[]): Started {
  const argv = ['--mount', '--', '/bin/sh', '-ec', withShare, 'sh', unpacked, program, ...options]
  const child: ChildProcess = spawn('unshare', argv, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (chunk: Buffer): void => void (output = `${output}${chunk.toString()}`.slice(-20_000))
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return {
    output: () => output,
    stop: async () => {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(timer)
    },
  }
}
