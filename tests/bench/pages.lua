-- The pages of PATHS (separated by blanks), one after the other, in the session
-- of COOKIE; says the times that matter.
local paths, n = {}, 0
for path in os.getenv("PATHS"):gmatch("%S+") do paths[#paths + 1] = path end
wrk.headers["Cookie"] = os.getenv("COOKIE")

request = function()
	n = n + 1
	return wrk.format("GET", paths[n % #paths + 1])
end

done = function(summary, latency)
	print(string.format("times %.0f %.1f %.1f %.1f %.1f %d",
		summary.requests / summary.duration * 1e6,
		latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
		latency:percentile(99) / 1e3, latency.max / 1e3,
		summary.errors.status + summary.errors.timeout))
end
