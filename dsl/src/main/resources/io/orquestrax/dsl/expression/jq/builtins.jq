# The builtin functions of jq 1.7 that are written in jq, after its manual. They replace those of the library, whose
# labels and operators are not ours.

def not: if . then false else true end;
def select(f): if f then . else empty end;
def map(f): [.[] | f];
def recurse: recurse(.[]?);
def recurse(f; cond): recurse(f | select(cond));
def recurse_down: recurse;

def arrays: select(type == "array");
def objects: select(type == "object");
def iterables: select(type | . == "array" or . == "object");
def booleans: select(type == "boolean");
def numbers: select(type == "number");
def strings: select(type == "string");
def nulls: select(. == null);
def values: select(. != null);
def scalars: select(type | . != "array" and . != "object");
def isfinite: type == "number" and (isinfinite | not);
def finites: select(isfinite);
def normals: select(isnormal);
def isvalid(f): try (f | true) catch false;

def first(f): label $out | (f | ., break $out);
def isempty(f): label $out | (f | false, break $out), true;
def last(f): reduce f as $value (null; $value);
def first: .[0];
def last: .[-1];
def nth($n): .[$n];
def nth($n; f): if $n < 0 then error("nth doesn't support negative indices") else first(skip($n; f)) end;
def limit($n; f): if $n > 0 then label $out | foreach f as $item (0; . + 1; $item, if . >= $n then break $out else empty end) elif $n == 0 then empty else f end;
def skip($n; f): if $n > 0 then foreach f as $item ($n; . - 1; if . < 0 then $item else empty end) elif $n == 0 then f else error("skip doesn't support negative counts") end;

def any(generator; condition): isempty(first(generator | condition | select(.))) | not;
def any(f): any(.[]; f);
def any: any(.[]; .);
def all(generator; condition): isempty(first(generator | condition | select(. | not)));
def all(f): all(.[]; f);
def all: all(.[]; .);
def in(xs): . as $x | xs | has($x);
def inside(xs): . as $x | xs | contains($x);
def IN(s): any(s == .; .);
def IN(src; s): any(src == s; .);
def INDEX(stream; f): reduce stream as $row ({}; .[$row | f | tostring] |= $row);
def INDEX(f): INDEX(.[]; f);
def ascii: [.] | implode;

def min: min_by(.);
def max: max_by(.);
def sort: sort_by(.);
def unique_by(f): [group_by(f)[] | .[0]];
def unique: unique_by(.);
def add(f): reduce f as $x (null; . + $x);
def flatten: _flatten(1e9);
def flatten($depth): if $depth < 0 then error("flatten depth must not be negative") else _flatten($depth) end;
def _flatten($depth): [.[] | if type == "array" and $depth > 0 then _flatten($depth - 1)[] elif type == "array" then . else . end];
def transpose: [range(0; map(length) | max // 0) as $i | [.[][$i]]];
def combinations: if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $w | [$x] + $w end;
def combinations(n): . as $dot | [range(n)] | map($dot) | combinations;

def del(f): delpaths([path(f)]);
def paths: path(..) | select(length > 0);
def paths(node_filter): . as $dot | paths | select(. as $p | $dot | getpath($p) | node_filter);
def leaf_paths: paths(scalars);
def pick(pathexps): . as $top | reduce path(pathexps) as $p (null; setpath($p; $top | getpath($p)));
def to_array: toarray;
def _modify(paths; update):
  reduce path(paths) as $p ([., []];
    . as [$value, $gone]
    | [$value | getpath($p) | first(update)]
    | if length == 0 then [$value, $gone + [$p]] else .[0] as $new | [($value | setpath($p; $new)), $gone] end)
  | . as [$value, $gone] | $value | delpaths($gone);
def with_entries(f): to_entries | map(f) | from_entries;
def map_values(f):
  if type == "object" then [to_entries[] | .key as $key | .value | first(f) | {key: $key, value: .}] | from_entries
  else [.[] | first(f)] end;
def walk(f): def w: if type == "object" then map_values(w) elif type == "array" then map(w) else . end | f; w;

def todate: strftime("%Y-%m-%dT%H:%M:%SZ");
def todateiso8601: todate;
def fromdateiso8601: strptime("%Y-%m-%dT%H:%M:%SZ") | mktime;
def fromdate: fromdateiso8601;
def date: todate;
def dateadd(unit; n): . + n;
def datesub(unit; n): . - n;

def match(re; flags): _match_impl(re; flags; false) | .[];
def match($val): ($val | type) as $type | if $type == "string" then match($val; null) elif $type == "array" and ($val | length) > 1 then match($val[0]; $val[1]) elif $type == "array" and ($val | length) > 0 then match($val[0]; null) else error($type + " not a string or array") end;
def test(re; flags): _match_impl(re; flags; true);
def test($val): ($val | type) as $type | if $type == "string" then test($val; null) elif $type == "array" and ($val | length) > 1 then test($val[0]; $val[1]) elif $type == "array" and ($val | length) > 0 then test($val[0]; null) else error($type + " not a string or array") end;
def _captured: [.captures[] | select(.name != null) | {key: .name, value: .string}] | from_entries;
def capture(re; flags): match(re; flags) | _captured;
def capture($val): match($val) | _captured;
def scan($re; $flags): match($re; "g" + $flags) | if (.captures | length) > 0 then [.captures[].string] else .string end;
def scan($re): scan($re; null);
def splits($re; flags): . as $s | [match($re; "g" + flags) | .offset, .offset + .length] as $ends | [0] + $ends + [$s | length] | _nwise(2) | $s[.[0]:.[1]];
def splits($re): splits($re; null);
def split($re; flags): [splits($re; flags)];
def sub($re; str): sub($re; str; "");
def sub($re; str; $flags): _sub_impl($re; str; $flags);
def gsub($re; str; $flags): sub($re; str; $flags + "g");
def gsub($re; str): sub($re; str; "g");
def _nwise($n): range(0; if length == 0 then 1 else length end; $n) as $i | .[$i:$i + $n];

def tostream: path(def r: (.[]? | r), .; r) as $p | getpath($p) | reduce path(.[]?) as $q ([$p, .]; [$p + $q]);
def fromstream(f): {x: null, e: false} as $init
  | foreach f as $i ($init;
      if .e then $init else . end
      | if $i | length == 2
        then setpath(["e"]; $i[0] | length == 0) | setpath(["x"] + $i[0]; $i[1])
        else setpath(["e"]; $i[0] | length == 1) end;
      if .e then .x else empty end);
