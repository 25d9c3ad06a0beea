"""What a process costs: wall seconds, CPU seconds and memory."""
import os
import subprocess
import sys
import time


def measure(command):
    """(wall seconds, CPU seconds, peak MB) of a process and all it waited for."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.stderr.buffer.write(output)
        sys.exit(f"{' '.join(command)}: exit status {process.returncode}")
    peak = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
    return wall, usage.ru_utime + usage.ru_stime, peak
