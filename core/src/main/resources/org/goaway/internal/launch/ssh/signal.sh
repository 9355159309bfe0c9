# Sends a signal. Standard input has, a line each, its name and the process.
exec 2>&1
IFS= read -r signal
IFS= read -r pid
kill -s "$signal" "$pid" && printf '\ngoaway: sent\n'
