// A merchant's day at the gateway with Node's axios: runs the steps of a table.
//
//     node gateway.mjs gateway-day.tsv http://127.0.0.1:PORT

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { basename } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import axios from 'axios'

const CONFIGURATION = '200426117314086912'
const KEY = '845c51f6-1cd5-4338-a586-df752e65d690'

// Bodies stay text until they are checked, and no status throws.
const client = axios.create({
  timeout: 10_000,
  maxRedirects: 0,
  responseType: 'text',
  transformResponse: (body) => body ?? '',
  validateStatus: () => true
})

const [table, host] = process.argv.slice(2)
const heard = []
let notifications = 0

// Receives webhooks: refuses the first, and acknowledges every other.
const receiver = createServer(async (request, response) => {
  let body = ''
  for await (const piece of request) body += piece
  const { paymentJobReference, paymentReference } = JSON.parse(body)
  notifications += 1
  response.writeHead(notifications === 1 ? 500 : 200, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify({ paymentJobReference, paymentReference }))
  heard.push(body)
})
await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve))
const known = { host, webhook: `http://127.0.0.1:${receiver.address().port}/webhook` }

const filled = (text) => text.replace(/\{([a-z]+)\}/g, (_, name) => known[name])

function hash (key, body, lower) {
  const digest = createHash('sha512').update(key).update(body).digest('hex')
  return lower ? digest : digest.toUpperCase()
}

function call (method, path, signature, body) {
  const data = body === '-' ? undefined : JSON.stringify(JSON.parse(body))
  const headers = {
    ConfigurationId: CONFIGURATION,
    Hash: hash(signature === 'wrong' ? 'wrong' : KEY, data ?? '', signature === 'lower')
  }
  if (data !== undefined) headers['Content-Type'] = 'application/json'
  return client.request({ method, url: host + path, data, headers })
}

// Presses a button of the dashboard, whose forms have a token.
async function press (path, body) {
  const page = await client.get(`${host}/`)
  const [, token] = page.data.match(/name="token" value="([0-9a-f]+)"/)
  const form = new URLSearchParams(body)
  form.set('token', token)
  return client.post(host + path, form)
}

async function hear (seconds) {
  for (let waited = 0; waited < seconds * 1000 && heard.length === 0; waited += 20) await setTimeout(20)
  return heard.shift()
}

function check (step, answer, rule) {
  const [, pointer, kind, expected] = rule.match(/^([^=>#!~]*)([=>#!~])(.*)$/)
  if (kind === '~') {
    assert.ok(answer.includes(expected), `${step}: no ${expected} in ${answer}`)
    return
  }
  const names = pointer.split('/').slice(1)
  const value = names.reduce((value, name) => value?.[name], JSON.parse(answer)) ?? undefined
  if (kind === '!') assert.equal(value, undefined, `${step}: ${pointer}`)
  else if (kind === '#') assert.equal(value.length, Number(expected), `${step}: length of ${pointer}`)
  else if (kind === '>') {
    assert.equal(typeof value, 'string', `${step}: ${pointer} is no text`)
    known[expected] = value
  } else {
    const found = typeof value === 'string' ? value : JSON.stringify(value)
    assert.equal(found, expected, `${step}: ${pointer}`)
  }
}

const lines = readFileSync(table, 'utf8').trimEnd().split('\n').filter((line) => !line.startsWith('#'))
for (const line of lines) {
  const [name, method, path, signature, status, body, ...checks] = line.split('\t')
  const step = `${name}: ${method} ${filled(path)}`
  let answer
  if (method === 'SILENCE') {
    assert.equal(await hear(Number(body)), undefined, step)
    continue
  } else if (method === 'HEAR') {
    answer = await hear(10)
    assert.ok(answer, `${step}: nothing came`)
  } else {
    let reply
    if (method === 'PRESS') reply = await press(path, body)
    else if (method === 'PAGE') reply = await client.get(filled(path))
    else reply = await call(method, filled(path), signature, filled(body))
    assert.equal(String(reply.status), status, `${step}: ${reply.data}`)
    answer = reply.data
  }
  for (const rule of checks) check(step, answer, filled(rule))
}
receiver.close()
console.log(`node axios: ${lines.length} steps of ${basename(table, '.tsv')}`)
