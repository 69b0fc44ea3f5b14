import type { Json } from '../../../demo/slack/json.ts'

/** What a bot of this kind posts; used to look at the page. */
export const progressBlocks: readonly Json[] = [
  { type: 'header', text: { type: 'plain_text', text: ':mag: Diagnosing web-1' } },
  {
    type: 'plan',
    title: 'What is being asked',
    tasks: [
      { type: 'task_card', task_id: 't1', title: 'Connected to web-1', status: 'complete' },
      { type: 'task_card', task_id: 't2', title: 'Reading the error log, 14 of 18 answers', status: 'in_progress' },
      { type: 'task_card', task_id: 't3', title: 'Judging', status: 'pending' },
    ],
  },
]

export const verdictBlocks: readonly Json[] = [
  { type: 'header', text: { type: 'plain_text', text: ':red_circle: web-1: checkout-api.service is down' } },
  {
    type: 'section',
    text: {
      type: 'mrkdwn',
      text: '*Confirmed.* `checkout-api.service` failed at <!date^1795230240^{time} {date_short_pretty}|03:04 UTC>; nothing listens on `127.0.0.1:8080`.\n84 % of requests to *shop.example.com* end in 502.',
    },
  },
  {
    type: 'section',
    fields: [
      { type: 'mrkdwn', text: '*Upstream*\n127.0.0.1:8080' },
      { type: 'mrkdwn', text: '*Configured at*\n/etc/nginx/conf.d/shop.conf:12' },
    ],
  },
  {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: 'approve',
        value: 'p-17.mac',
        style: 'primary',
        text: { type: 'plain_text', text: 'Start checkout-api.service on web-1' },
        confirm: {
          title: { type: 'plain_text', text: 'Start checkout-api.service?' },
          text: { type: 'mrkdwn', text: 'On *web-1*. Runs `systemctl start checkout-api.service` once, then checks.' },
          confirm: { type: 'plain_text', text: 'Start it' },
          deny: { type: 'plain_text', text: 'Not now' },
        },
      },
      { type: 'button', action_id: 'again', value: 'web-1', text: { type: 'plain_text', text: 'Check again' } },
    ],
  },
  {
    type: 'context',
    elements: [{ type: 'mrkdwn', text: 'Asked by <@U0DANA00001> · 812 ms · offer ends in 10 minutes' }],
  },
]

export const evidenceBlocks: readonly Json[] = [
  { type: 'section', text: { type: 'mrkdwn', text: '*Evidence*' } },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_preformatted',
        elements: [
          {
            type: 'text',
            text: '2026/11/21 03:04:11 [error] 31#31: *9 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.9, request: "GET /<script>alert(1)</script> HTTP/1.1", upstream: "http://127.0.0.1:8080/"',
          },
        ],
      },
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'firewall-blocked ruled out: ', style: { bold: true } },
              { type: 'text', text: 'no rule matches tcp/8080' },
            ],
          },
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'backend-wrong-port ruled out: ', style: { bold: true } },
              { type: 'text', text: 'the unit binds 8080 when it runs' },
            ],
          },
        ],
      },
    ],
  },
  {
    type: 'table',
    rows: [
      [
        { type: 'raw_text', text: 'Upstream' },
        { type: 'raw_text', text: 'State' },
        { type: 'raw_text', text: '5xx' },
      ],
      [
        { type: 'raw_text', text: '127.0.0.1:8080' },
        { type: 'raw_text', text: 'refused' },
        { type: 'raw_number', value: 1204, text: '1,204' },
      ],
    ],
  },
]
