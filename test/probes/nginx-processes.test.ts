import { describe, expect, it } from 'vitest'
import { nginxProcesses } from '../../src/probes/nginx-processes.ts'
import { captureOf } from '../support/capture-of.ts'

function read(...lines: readonly string[]) {
  const result = nginxProcesses.parse(captureOf('nginx-processes', ['clock 100', ...lines, ''].join('\n')))
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

const packaged =
  'proc 412 1 S 1893 root /system.slice/nginx.service nginx: master process /usr/sbin/nginx -g daemon on;'
const itsWorker = 'proc 413 412 S 1895 www-data /system.slice/nginx.service nginx: worker process'
const edge =
  'proc 900 1 S 900 root /system.slice/edge.service nginx: master process /opt/nginx/sbin/nginx -p /opt/nginx'
const edgeWorker = 'proc 901 900 S 905 www-data /system.slice/edge.service nginx: worker process'

describe('of several masters', () => {
  it('one is judged, with its own workers', () => {
    const { masters, workers, others, oldestWorker } = read('judged 412 ', packaged, itsWorker, edge, edgeWorker)

    expect(masters.map(({ pid }) => pid)).toEqual([412])
    expect(workers.map(({ pid }) => pid)).toEqual([413])
    expect(others.map(({ pid, unit }) => [pid, unit])).toEqual([[900, 'edge.service']])
    expect(oldestWorker?.pid).toBe(413)
  })

  it('none is, when the one that is meant does not run', () => {
    const { masters, others } = read('judged none ', edge, edgeWorker)

    expect(masters).toEqual([])
    expect(others).toHaveLength(1)
  })

  it('all are, in captures from before', () => {
    expect(read(packaged, itsWorker, edge, edgeWorker).masters).toHaveLength(2)
  })
})

it('that runs under hidepid= of /proc is not said to be absent', () => {
  const result = nginxProcesses.parse(captureOf('nginx-processes', 'clock 100\njudged none \nhidden yes\n'))

  expect(result).toMatchObject({ ok: false, reason: expect.stringContaining('hidepid=') })
})

describe('a process', () => {
  it('of Angie has titles of its own', () => {
    const { masters, workers } = read(
      'judged 50 ',
      'proc 50 1 S 10 root /system.slice/angie.service angie: master process v1.10.2 #1 [/usr/sbin/angie -c /etc/angie/angie.conf]',
      'proc 51 50 S 11 angie /system.slice/angie.service angie: worker process #1',
    )

    expect([masters.length, workers.length]).toEqual([1, 1])
  })

  it('that tests or signals is no master', () => {
    expect(
      read('proc 60 1 R 10 root / /usr/sbin/nginx -t -q', 'proc 61 1 R 10 root / nginx -s reload').masters,
    ).toEqual([])
  })

  it('in a container is told apart by the script', () => {
    expect(read('judged 412 elsewhere', packaged, itsWorker).elsewhere).toBe(true)
  })
})
