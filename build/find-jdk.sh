# Sourced by ./mvnw and ./orquestrax: sets JAVA_HOME to a JDK of at least the release the build needs.
# Looks at ORQUESTRAX_JAVA_HOME, JAVA_HOME, the `java` on PATH, then the usual folders; reads each `release` file.

REQUIRED_JAVA=25

java_release_of() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

is_fit_jdk() {
  fit_release=$(java_release_of "$1") || return 1
  [ -n "$fit_release" ] && [ "$fit_release" -ge "$REQUIRED_JAVA" ]
}

jdk_of_path() {
  path_java=$(command -v javac 2>/dev/null) || return 0
  path_java=$(readlink -f "$path_java" 2>/dev/null || printf '%s' "$path_java")
  printf '%s' "${path_java%/bin/javac}"
}

find_jdk() {
  for candidate in "${ORQUESTRAX_JAVA_HOME:-}" "${JAVA_HOME:-}" "$(jdk_of_path)" \
    /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && is_fit_jdk "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  cat >&2 <<MESSAGE
OrquestraX needs a JDK of release $REQUIRED_JAVA or newer, but found none in ORQUESTRAX_JAVA_HOME, JAVA_HOME, PATH or /usr/lib/jvm.
Install one (Debian with the Adoptium repository: apt-get install temurin-25-jdk; macOS: brew install temurin@25;
SDKMAN: sdk install java 25-tem), or point ORQUESTRAX_JAVA_HOME at one.
MESSAGE
  return 1
}
