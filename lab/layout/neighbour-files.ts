import { readFileSync } from 'node:fs'
import { laid, type LaidFile } from './laid-file.ts'
import type { Layout } from './layout.ts'

/** Units and applications of the vhosts that no fault touches. */
export function neighbourFiles({ neighbours }: Layout): readonly LaidFile[] {
  return neighbours.flatMap(({ site, unit, port }) => {
    const folder = `/opt/${unit.replace('.service', '')}`
    return [
      ...['app.py', 'server.py'].map((name) => ({
        path: `${folder}/${name}`,
        text: readFileSync(new URL(`applications/${name}`, import.meta.url), 'utf8'),
      })),
      laid(`/etc/systemd/system/${unit}`, [
        '[Unit]',
        `Description=${site}`,
        'After=network.target',
        '',
        '[Service]',
        'DynamicUser=yes',
        `WorkingDirectory=${folder}`,
        `ExecStart=/usr/bin/python3 server.py --host 127.0.0.1 --port ${port}`,
        'Restart=on-failure',
        '',
        '[Install]',
        'WantedBy=multi-user.target',
      ]),
    ]
  })
}
