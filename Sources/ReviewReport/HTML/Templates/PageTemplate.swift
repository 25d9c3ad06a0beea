/// The frame of the document: head, textures of the verdicts, contents, and the end.
enum PageTemplate {
  static let head = Template(
    #"""
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="{{policy}}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <title>{{title}}</title>

    """#)

  static let body = Template(
    ##"""
    </head>
    <body>
    <a class="skip" href="#main">Skip to the review</a>
    <svg width="0" height="0" aria-hidden="true" class="sr"><defs>
    <pattern id="failed" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="in-used" width="4" height="4"/><rect class="in-paper" width="1.5" height="4"/></pattern>
    <pattern id="attempted" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="in-paper" width="4" height="4"/><circle class="in-used" cx="2" cy="2" r="1"/></pattern>
    <pattern id="unobservable" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="in-paper" width="4" height="4"/><rect class="in-quiet" width="1.4" height="4"/></pattern>
    <pattern id="little" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect class="in-paper" width="7" height="7"/><rect class="in-quiet" width="1" height="7"/></pattern>
    </defs>
    <symbol id="k0" viewBox="0 0 13 13"><rect class="v0" y="2" width="13" height="9"/></symbol>
    <symbol id="k1" viewBox="0 0 13 13"><rect class="v1" y="2" width="13" height="9"/></symbol>
    <symbol id="k2" viewBox="0 0 13 13"><rect class="v2" x=".5" y="2.5" width="12" height="8"/></symbol>
    <symbol id="k3" viewBox="0 0 13 13"><rect class="v3" width="13" height="13"/></symbol>
    <symbol id="k4" viewBox="0 0 13 13"><rect class="v4" x=".5" y="2.5" width="12" height="8"/></symbol>
    <symbol id="k5" viewBox="0 0 13 13"><rect class="v5" x=".5" y="2.5" width="12" height="8"/></symbol>
    </svg>
    <div class="page">
    <nav class="contents" aria-labelledby="contents"><h2 id="contents">Contents</h2><ul>
    {{#contents}}
    <li><a href="#{{anchor}}">{{name}}</a></li>
    {{/contents}}
    </ul></nav>
    <main id="main">

    """##)

  static let end = Template(
    """
    <footer><p class="note">{{title}}. {{seen}}.</p></footer>
    </main></div>

    """)
}
