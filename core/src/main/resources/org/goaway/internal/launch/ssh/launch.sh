# Starts a server. Standard input has, a line each: the java command or nothing; the main class; options, and an empty line; names of
# jars, and an empty line. Answers begin a line of their own, whatever a start file has printed. The rest is for the server, which this process becomes.
exec 2>&1
umask 077
IFS= read -r java
IFS= read -r main
set --
while IFS= read -r option && [ -n "$option" ]; do
    set -- "$@" "$option"
done
path=
missing=
while IFS= read -r jar && [ -n "$jar" ]; do
    file=$HOME/.goaway/jars/$jar
    path=$path:$file
    if [ -f "$file" ]; then
        touch -c "$file"
    else
        missing="$missing $jar"
    fi
done
if [ -n "$missing" ]; then
    printf '\ngoaway: missing%s\n' "$missing"
    exit
fi
if [ -z "$java" ]; then
    if command -v java >/dev/null; then
        java=java
    else
        java=$JAVA_HOME/bin/java
    fi
fi
if ! command -v "$java" >/dev/null; then
    printf '\ngoaway: no-java\n'
    exit
fi
printf '\ngoaway: pid %s\n' $$
exec "$java" "$@" -cp "${path#:}" "$main"
