# A merchant's day at the gateway with Ruby's Net::HTTP: runs the steps of a table.
#
#     ruby gateway.rb gateway-day.tsv http://127.0.0.1:PORT

require 'json'
require 'net/http'
require 'openssl'

CONFIGURATION = '200426117314086912'
KEY = '845c51f6-1cd5-4338-a586-df752e65d690'

# Runs the steps of a table, over one connection.
class Day
  def initialize(host)
    @host = URI(host)
    @http = Net::HTTP.start(@host.host, @host.port, read_timeout: 10)
    @known = { 'host' => host }
  end

  def filled(text)
    text.gsub(/\{([a-z]+)\}/) { @known.fetch(Regexp.last_match(1)) }
  end

  def step(line)
    columns = line.split("\t")
    name, method, path, signature, status, body = columns.first(6).map { |column| filled(column) }
    step = "#{name}: #{method} #{path}"
    answer = case method
             when 'PRESS' then press(path, body)
             when 'PAGE' then @http.get(URI(path).request_uri)
             else call(method, path, signature, body)
             end
    abort "ruby: #{step}: #{answer.code} is not #{status}: #{answer.body}" unless answer.code == status
    columns.drop(6).each { |check| check(step, answer.body.to_s.dup.force_encoding('UTF-8'), filled(check)) }
  end

  def call(method, path, signature, body)
    request = Net::HTTP.const_get(method.capitalize).new(path)
    unless body == '-'
      request.body = JSON.generate(JSON.parse(body))
      request.content_type = 'application/json'
    end
    key = signature == 'wrong' ? 'wrong' : KEY
    digest = OpenSSL::Digest::SHA512.hexdigest(key + request.body.to_s)
    request['ConfigurationId'] = CONFIGURATION
    request['Hash'] = signature == 'lower' ? digest : digest.upcase
    @http.request(request)
  end

  # Presses a button of the dashboard, whose forms have a token.
  def press(path, body)
    token = @http.get('/').body[/name="token" value="([0-9a-f]+)"/, 1]
    request = Net::HTTP::Post.new(path)
    request.form_data = [body.split('='), ['token', token]]
    @http.request(request)
  end

  def check(step, answer, check)
    pointer, kind, expected = check.match(/\A([^=>#!~]*)([=>#!~])(.*)\z/).captures
    if kind == '~'
      abort "ruby: #{step}: no #{expected} in #{answer}" unless answer.include?(expected)
      return
    end
    value = pointer.split('/').drop(1).reduce(JSON.parse(answer)) do |inside, name|
      inside.is_a?(Array) ? inside[name.to_i] : inside&.fetch(name, nil)
    end
    found = case kind
            when '#' then value.length.to_s
            when '!', '>' then value
            else value.is_a?(String) ? value : JSON.generate(value)
            end
    case kind
    when '!' then abort "ruby: #{step}: #{pointer} is #{found}" unless found.nil?
    when '>'
      abort "ruby: #{step}: #{pointer} is no text" unless found.is_a?(String)
      @known[expected] = found
    else abort "ruby: #{step}: #{pointer}: #{found} is not #{expected}" unless found == expected
    end
  end
end

table, host = ARGV
lines = File.readlines(table, chomp: true, encoding: 'UTF-8').reject { |line| line.start_with?('#') }
day = Day.new(host)
lines.each { |line| day.step(line) }
puts "ruby net/http: #{lines.length} steps of #{File.basename(table, '.tsv')}"
