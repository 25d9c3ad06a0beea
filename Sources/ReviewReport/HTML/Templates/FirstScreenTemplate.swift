/// The first screen: one sentence, how far the evidence carries, four numbers, one bar.
enum FirstScreenTemplate {
  static let strip = #"""
    <div class="strip"><span>{{account}}</span>{{#hasDays}}<svg viewBox="0 0 {{width}} 14" preserveAspectRatio="none" role="img"><title>{{label}}</title>{{{picture}}}</svg>{{/hasDays}}{{^hasDays}}<span class="muted">no day is known</span>{{/hasDays}}<span>{{#isWeak}}<b>{{covered}}</b>{{/isWeak}}{{^isWeak}}{{covered}}{{/isWeak}}</span></div>
    """#
  static let months = #"""
    {{#months}}<div class="strip" aria-hidden="true"><span></span><svg class="months">{{{picture}}}</svg><span></span></div>{{/months}}
    """#

  static let main = Template(
    ##"""
    <header class="masthead"><h1>{{title}}</h1><p class="muted">{{scope}}</p></header>
    <p class="lead">{{lead}}</p>
    <div class="evidence">
    {{#strips}}
    \##(strip)
    {{/strips}}
    \##(months)
    {{#otherAccounts}}
    <p class="note">{{.}}</p>
    {{/otherAccounts}}
    {{#hasWeaknesses}}
    <p>{{#weaknesses}}<b>{{loud}}</b> {{#rest}}{{.}} {{/rest}}{{/weaknesses}}{{#notRecorded}}{{.}} {{/notRecorded}}<a href="#unknown">What we could not know</a></p>
    {{/hasWeaknesses}}
    {{^hasWeaknesses}}
    <p>Every account is covered on every day. <a href="#made">How this was made</a></p>
    {{/hasWeaknesses}}
    </div>
    <dl class="figures">
    {{#figures}}
    <div><dt><a href="#{{anchor}}">{{name}}</a></dt><dd class="{{style}}">{{n}}{{#base}} <small>of {{.}}</small>{{/base}}</dd><dd class="note">{{note}}</dd></div>
    {{/figures}}
    </dl>
    {{#whole}}
    <figure><figcaption class="note">{{caption}}</figcaption><svg class="bar" aria-hidden="true">{{{picture}}}</svg><ul class="legend">{{#legend}}<li><svg class="key" aria-hidden="true"><use href="#k{{key}}"/></svg><b>{{n}}</b> {{label}}</li>{{/legend}}</ul></figure>
    {{/whole}}
    <p class="note">{{apart}}</p>

    """##)
}

/// The decisions to begin with.
enum BeginTemplate {
  static let main = Template(
    ##"""
    <section id="begin" aria-labelledby="h-begin"><h2 id="h-begin">Begin here</h2>
    <p>{{intro}}</p>
    {{#hasDecisions}}
    <div class="head decisions-head" aria-hidden="true"><span></span><span>Risk</span><span>Who and what, and why it matters</span><span>How sure</span><span>What to do</span></div>
    <ol class="decisions">
    {{#decisions}}
    <li><span class="tag {{severity}}">{{severity}}</span><div><p class="what">{{#title}}\##(Fragment.title){{/title}}{{#also}} <a href="#{{anchor}}">{{text}}</a>{{/also}}</p><p class="note">{{why}}</p></div><dl><dt>How sure</dt><dd>{{sure}}</dd><dt>What to do</dt><dd>{{remedy}}</dd></dl></li>
    {{/decisions}}
    </ol>
    {{/hasDecisions}}
    </section>

    """##)
}
