-- For wrk: asks what ONE names again and again and counts the answers by status.
local threads = {}

function setup(thread) table.insert(threads, thread) end

function init()
    ok, refused, other = 0, 0, 0
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
    wrk.body = io.open(os.getenv("ONE")):read("*a")
end

function response(status)
    if status == 200 then ok = ok + 1 elseif status == 503 then refused = refused + 1 else other = other + 1 end
end

function done(summary, latency)
    local sums = { ok = 0, refused = 0, other = 0 }
    for _, thread in ipairs(threads) do
        for name in pairs(sums) do sums[name] = sums[name] + thread:get(name) end
    end
    local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
    io.stderr:write(string.format('{"ok": %d, "refused": %d, "other": %d, "errors": %d, "p99": %.1f}\n',
        sums.ok, sums.refused, sums.other, errors, latency:percentile(99) / 1000))
end
