-- One answer a POST, or COUNT of them, with time-ordered ids (UUID version 7: a
-- millisecond, a counter, chance); TOKEN is the device's. Each wrk thread draws
-- its own random part. With PAUSE a connection rests so many ms before each POST.
local ffi = require("ffi")
ffi.cdef [[
	struct timespec { long sec, nsec; };
	int clock_gettime(int clock, struct timespec *out);
]]
local now = ffi.new("struct timespec")
local count = tonumber(os.getenv("COUNT") or "1")
local pause = tonumber(os.getenv("PAUSE"))
if pause then delay = function() return pause end end
local random = io.open("/dev/urandom", "rb"):read(4)
local a, b, c, d = random:byte(1, 4)
math.randomseed(a + b * 256 + c * 65536 + d * 16777216)
wrk.method = "POST"
wrk.headers["Authorization"] = "Bearer " .. (os.getenv("TOKEN") or "")
wrk.headers["Content-Type"] = "application/json"
local n = 0
local desks = { "LH1", "PRC1", "PD1", "PP1", "VH1", "VT1", "PL1", "PT1" }
local fields = { "dat-dai", "xay-dung", "ho-tich", "chung-thuc" }

local function answer()
	n = n + 1
	ffi.C.clock_gettime(0, now)
	local ms = tonumber(now.sec) * 1000 + math.floor(tonumber(now.nsec) / 1e6)
	return string.format('{"id":"%08x-%04x-7%03x-%04x-%06x%06x",' ..
		'"desk":"%s","field":"%s","answered_at":"%s",' ..
		'"scores":{"overall":%d}}',
		math.floor(ms / 65536), ms % 65536, n % 4096,
		0x8000 + math.random(0, 16383), math.random(0, 16777215),
		math.random(0, 16777215), desks[n % 8 + 1], fields[n % 4 + 1],
		os.date("!%Y-%m-%dT%H:%M:%SZ"), n % 5 + 1)
end

request = function()
	local list = {}
	for i = 1, count do list[i] = answer() end
	return wrk.format(nil, nil, nil,
		'{"answers":[' .. table.concat(list, ",") .. "]}")
end
