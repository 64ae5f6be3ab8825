// A merchant's day with Node: sends every request of day.tsv, then a batch release.
//
//     node merchant.mjs fetch|axios http://127.0.0.1:PORT
//
// fetch encodes forms with URLSearchParams, axios with qs, like the vendor's own example; both send batches as
// FormData.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

const FIELDS = ['status', 'transaction id', 'CVV/AVS', 'code', 'message', 'extra', 'extra']
const FORM = 'application/x-www-form-urlencoded'
const LOGIN = { profile_id: '1234567', profile_pass: 'secret' }

async function byFetch () {
  const post = async (url, body, headers) => {
    const reply = await fetch(url, { method: 'POST', body, headers })
    return { type: reply.headers.get('content-type'), body: await reply.text() }
  }
  return { post, encode: (parameters) => new URLSearchParams(parameters) }
}

async function byAxios () {
  const [{ default: axios }, { default: qs }] = await Promise.all([import('axios'), import('qs')])
  const post = async (url, body, headers) => {
    const reply = await axios.post(url, body, { headers, responseType: 'text' })
    return { type: reply.headers['content-type'], body: reply.data }
  }
  return { post, encode: (parameters) => qs.stringify(parameters) }
}

function digest (parameters) {
  const signed = ['tran_type', 'tran_amount', 'tran_currency', 'tran_orig_id', 'tran_ref']
  const sections = signed.filter((name) => name in parameters).map((name) => parameters[name])
  return createHash('sha256').update([...sections, 'credit-secret'].join(':')).digest('hex')
}

function steps () {
  const table = readFileSync(new URL('day.tsv', import.meta.url), 'utf8').trim().split('\n')
  return table.filter((line) => !line.startsWith('#')).map((line) => {
    const [answer, ...pairs] = line.split('\t')
    const parameters = Object.fromEntries(pairs.map((pair) => {
      const [, name, value] = pair.replaceAll('\\n', '\n').match(/^([^=]*)=(.*)$/s)
      return [name, value]
    }))
    if (parameters.security_hash === '?') parameters.security_hash = digest(parameters)
    return { answer, parameters }
  })
}

async function pay ({ post, encode }, url) {
  const day = steps()
  for (const { answer, parameters } of day) {
    const { body } = await post(url, encode(parameters), { 'Content-Type': FORM })
    const [found, expected] = [body.split('|'), answer.split('|')]
    const step = `${parameters.tran_type} ${parameters.tran_ref ?? ''}`
    assert.equal(found.length, expected.length, `${step}: ${body}`)
    found.forEach((field, index) => assert.equal(field, expected[index], `${step}: ${FIELDS[index]}`))
  }
  return day.length
}

// FormData names its type form-data; the gateway needs a type of its own.
async function batch ({ post }, url, form, csv) {
  const data = new FormData()
  data.append('form', new Blob([new URLSearchParams(form).toString()], { type: FORM }), 'form')
  if (csv !== undefined) data.append('refs', new Blob([csv], { type: 'text/csv' }), 'releaseRefs.csv')
  const encoded = new Response(data)
  const type = encoded.headers.get('content-type').replace('form-data', 'x-vcg-remote-api')
  return post(url, Buffer.from(await encoded.arrayBuffer()), { 'Content-Type': type })
}

async function release (client, url) {
  const references = '01S0000000B\n01S00000001\n01S000000FF\n'
  const submit = { ...LOGIN, attached_type: 'onhold_v0', batch_op: 'onhold-release-submit' }
  const taken = await batch(client, url, submit, references)
  assert.deepEqual(Object.fromEntries(new URLSearchParams(taken.body)), {
    result: 'release_report', batch_id: '1', batch_status: 'pending'
  })

  let report
  do {
    await setTimeout(100)
    report = await batch(client, url, { ...LOGIN, batch_id: '1', batch_op: 'onhold-release-query' })
  } while (report.type === FORM)
  const boundary = report.type.match(/boundary="?([^"]*)"?/)[1]
  const [form, csv] = report.body.split(`--${boundary}`).slice(1, 3).map((part) => part.split('\r\n\r\n')[1].trim())
  const { batch_status: status, item_count: all, item_succ: released, item_fail: failed } =
    Object.fromEntries(new URLSearchParams(form))
  assert.deepEqual([status, all, released, failed], ['complete', '3', '1', '2'])
  assert.deepEqual(csv.split('\r\n'), [
    '01S0000000B,batchrel_ok', '01S00000001,batchrel_notonhold', '01S000000FF,batchrel_invalref'
  ])
}

const [library, host] = process.argv.slice(2)
const client = await { fetch: byFetch, axios: byAxios }[library]()
const count = await pay(client, `${host}/gateway/remote_auth`)
await release(client, `${host}/admin/remote_batch`)
console.log(`node ${library}: ${count} payments and a batch`)
