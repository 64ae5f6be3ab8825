// Reads our batch bodies with Dicer, the multipart parser of @fastify/busboy, and writes the same parts with node's own
// FormData.
//
//     node node.js DIRECTORY
//
// For each case in DIRECTORY/ours, see tests/batch/interop.rs. Any difference is an error.
'use strict'

const assert = require('node:assert/strict')
const fs = require('node:fs')
const path = require('node:path')
const Dicer = require('@fastify/busboy/deps/dicer/lib/Dicer')

const FORM = 'application/x-www-form-urlencoded'

function parameter (header, name) {
  const [, quoted, token] = header.match(new RegExp(`\\b${name}=(?:"([^"]*)"|([^;]*))`)) ?? []
  return quoted ?? token ?? null
}

function read (contentType, body) {
  if (contentType === FORM) return [{ type: FORM, file_name: null, data: body.toString() }]
  return new Promise((resolve, reject) => {
    const parts = []
    const dicer = new Dicer({ boundary: parameter(contentType, 'boundary') })
    dicer.on('part', (part) => {
      const found = { type: null, file_name: null, data: '' }
      parts.push(found)
      part.on('header', (headers) => {
        found.type = headers['content-type'][0]
        found.file_name = parameter(headers['content-disposition']?.[0] ?? '', 'filename')
      })
      part.on('data', (data) => { found.data += data })
      part.on('error', reject)
    })
    dicer.on('finish', () => resolve(parts))
    dicer.on('error', reject)
    dicer.end(body)
  })
}

async function write (parts) {
  const form = new FormData()
  for (const { type, file_name: name, data } of parts) form.append('part', new Blob([data], { type }), name ?? 'form')
  const response = new Response(form)
  const contentType = response.headers.get('content-type').replace('form-data', 'x-vcg-remote-api')
  return [contentType, Buffer.from(await response.arrayBuffer())]
}

async function main (directory) {
  const ours = path.join(directory, 'ours')
  const theirs = path.join(directory, 'node')
  fs.mkdirSync(theirs, { recursive: true })
  const cases = fs.readdirSync(ours).filter((file) => file.endsWith('.json')).map((file) => path.parse(file).name)
  assert(cases.length > 0, 'tests/interop/run writes the cases first')
  for (const name of cases) {
    const file = (extension) => fs.readFileSync(path.join(ours, name + extension))
    const expected = JSON.parse(file('.json'))
    assert.deepEqual(await read(file('.type').toString(), file('.body')), expected, name)
    const [contentType, body] = await write(expected)
    fs.writeFileSync(path.join(theirs, name + '.type'), contentType)
    fs.writeFileSync(path.join(theirs, name + '.body'), body)
  }
  console.log(`node: ${cases.length} bodies read and written`)
}

main(process.argv[2]).catch((error) => {
  console.error(error)
  process.exitCode = 1
})
