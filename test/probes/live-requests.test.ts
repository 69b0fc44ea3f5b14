import { expect, test } from 'vitest'
import { liveRequests } from '../../src/probes/live-requests.ts'
import { captureOf } from '../support/capture-of.ts'

// Recorded on Debian 12: curl 7.88, nginx 1.22.
const asks = `@ask 0 nginx|http|127.0.0.1:80|shop.example.com|/
@ask 1 direct|http|127.0.0.1:8080|shop.example.com|/
@ask 2 nginx|http|127.0.0.1:80|www.example.com|/
`
const answers = `@etag 2 "6afe9a64-57"
@live 2 0 200 - nginx/1.22.1 0.000108 0.002398 
@live 1 0 500 - gunicorn 0.000108 0.014643 
@live 0 0 500 - nginx/1.22.1 0.000184 0.012820 
`

test('an answer that is cut off before the first word of any request says nothing, and not that nobody answered', () => {
  const cut = liveRequests.parse(captureOf('live-requests', asks, { truncated: true }))

  expect(cut).toMatchObject({ ok: false })
})

test('requests whose answer did not arrive are named', () => {
  const [file = '', www = ''] = answers.split('\n')
  const cut = liveRequests.parse(
    captureOf('live-requests', `${asks}${file}\n${www}\n@live 1 0 50`, { truncated: true }),
  )

  expect(cut).toMatchObject({
    ok: true,
    value: {
      cut: true,
      lost: [
        { way: 'nginx', host: 'shop.example.com', path: '/' },
        { way: 'direct', endpoint: '127.0.0.1:8080' },
      ],
      unanswered: ['shop.example.com/'],
    },
  })
})

test('the ETag that nginx makes of a file is kept beside the answer', () => {
  const whole = liveRequests.parse(captureOf('live-requests', asks + answers))

  expect(whole).toMatchObject({
    ok: true,
    value: { lost: [], cut: false, answers: [{ host: 'www.example.com', etag: '"6afe9a64-57"' }, {}, {}] },
  })
})
