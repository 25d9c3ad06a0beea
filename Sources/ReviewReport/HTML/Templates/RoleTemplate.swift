/// One role's section.
enum RoleTemplate {
  private static let line = ##"""
    <details class="role" data-name="{{name}}" data-account="{{account}}" data-severity="{{worst}}" data-score="{{score}}" data-unused="{{unused}}" data-used="{{used}}" data-find="{{types}}"><summary><h3>{{#path}}<span>{{.}}<wbr></span>{{/path}}{{name}}</h3><span class="note">{{account}}{{#owner}} · {{.}}{{/owner}}</span><span>{{#bar}}<svg class="bar" aria-hidden="true">{{{picture}}}</svg>{{/bar}}{{#instead}}<span class="note">{{.}}</span>{{/instead}}</span><span class="num">{{#share}}<span class="{{style}}">{{n}}</span> of {{base}}<span class="lbl"> unused as far as seen</span>{{/share}}{{^share}}<span class="muted">–</span>{{/share}}</span><span class="num"><span class="lbl">last used </span>{{#lastUse}}<time>{{.}}</time>{{/lastUse}}{{^lastUse}}<span class="muted">never seen</span>{{/lastUse}}</span><span>{{#hasFindings}}<span class="sr">worst finding </span><span class="tag {{worst}}">{{worst}}</span> <span class="muted">{{findingCount}}<span class="lbl"> {{findingNoun}}</span></span>{{/hasFindings}}{{^hasFindings}}<span class="muted">no finding</span>{{/hasFindings}}</span></summary>
    """##

  private static let facts = #"""
    <div class="part"><h4>The role</h4><div><dl class="facts">
    <dt>ARN</dt><dd>{{#arn}}\#(Fragment.arn){{/arn}}</dd>
    <dt>RoleId</dt><dd><code>{{roleID}}</code></dd>
    <dt>Created</dt><dd>{{#created}}<time>{{.}}</time>{{/created}}{{^created}}not known{{/created}}</dd>
    {{#tags}}<dt>Tags</dt><dd>{{.}}</dd>{{/tags}}
    <dt>Limits</dt><dd>{{#boundary}}Permissions boundary \#(Fragment.arn).{{/boundary}}{{^boundary}}No permissions boundary.{{/boundary}} {{organisation}}</dd>
    {{#uses}}
    <dt>{{name}}</dt><dd><time>{{at}}</time>{{#event}} <code class="event">{{.}}</code>{{/event}}</dd>
    {{/uses}}
    </dl></div></div>
    """#

  private static let trust = #"""
    <div class="part"><h4>Who may enter, and who did</h4><div>
    {{#hasTrust}}<div class="scroll"><table><thead><tr><th scope="col">May enter</th><th scope="col">Let in by</th><th scope="col">Only with</th></tr></thead><tbody>
    {{#mayEnter}}<tr><th scope="row">{{who}}</th><td>{{by}}</td><td>{{#keys}}<code>{{.}}</code> {{/keys}}{{^hasKeys}}no condition{{/hasKeys}}</td></tr>
    {{/mayEnter}}</tbody></table></div>{{/hasTrust}}
    {{^hasTrust}}<p>Its trust policy lets nobody in, as far as it is known.</p>{{/hasTrust}}
    {{#hasEntries}}<div class="scroll"><table><caption>Entries, {{seen}}</caption><thead><tr><th scope="col">Who entered</th><th scope="col">As whom</th><th scope="col">By</th><th scope="col" class="num">Times</th><th scope="col">First</th><th scope="col">Last</th></tr></thead><tbody>
    {{#entries}}<tr><th scope="row">{{#who}}\#(Fragment.arn){{/who}}</th><td>{{whom}}</td><td>{{api}}</td><td class="num">{{times}}</td><td class="date"><time>{{first}}</time></td><td class="date"><time>{{last}}</time></td></tr>
    {{/entries}}</tbody></table></div>{{#moreEntries}}<p class="note">{{.}}</p>{{/moreEntries}}{{/hasEntries}}
    {{^hasEntries}}<p class="note">{{noEntry}}</p>{{/hasEntries}}
    </div></div>
    """#

  private static let services = ##"""
    {{#granted}}
    <div class="part"><h4>Granted against used</h4><div>
    {{#sentence}}<p>{{.}}</p>{{/sentence}}
    {{#hasServices}}<div class="scroll"><table class="services"><caption>{{caption}}</caption><thead><tr><th scope="col">Service</th><th scope="col"><span class="sr">Bar</span></th><th scope="col" class="num">granted</th>{{#columns}}<th scope="col" class="num"><svg class="key" aria-hidden="true"><use href="#k{{key}}"/></svg>{{label}}</th>{{/columns}}</tr></thead><tbody>
    {{#services}}<tr><th scope="row">{{#name}}<code>{{.}}</code>{{/name}}{{#folded}}{{.}}{{/folded}}</th><td class="bars">{{#hasBar}}<svg class="bar" aria-hidden="true">{{{picture}}}</svg>{{/hasBar}}{{#names}}<span class="note">{{.}}</span>{{/names}}</td><td>{{total}}</td>{{#cells}}{{#cell}}\##(Fragment.cell){{/cell}}{{/cells}}</tr>
    {{/services}}</tbody><tfoot><tr><th scope="row">All</th><td></td><td>{{total}}</td>{{#sums}}<td>{{.}}</td>{{/sums}}</tr></tfoot></table></div>{{/hasServices}}
    {{#hasSeen}}<details class="more"><summary>{{seenSummary}}</summary><div class="scroll"><table class="seen"><thead><tr><th scope="col">Action</th><th scope="col">Access level</th><th scope="col">Verdict</th><th scope="col" class="num">Uses</th><th scope="col" class="num">Refused</th><th scope="col">Last</th><th scope="col">Last event</th></tr></thead><tbody>
    {{#permissions}}<tr><th scope="row"><code>{{action}}</code></th><td>{{level}}</td><td>{{verdict}}</td><td>{{uses}}</td><td>{{denials}}</td><td><time>{{last}}</time></td><td><code>{{event}}</code></td></tr>
    {{/permissions}}</tbody></table></div>{{#morePermissions}}<p class="note">{{.}}</p>{{/morePermissions}}</details>{{/hasSeen}}
    </div></div>
    {{/granted}}
    """##

  private static let weeks = #"""
    <div class="part"><h4>Use by week</h4><div>{{#weeks}}<svg class="weeks" role="img"><title>{{label}}</title>{{{picture}}}</svg><p class="axis"><span><time>{{first}}</time></span><span><time>{{end}}</time></span></p>{{/weeks}}<p class="note">{{calls}}</p></div></div>
    """#

  private static let other = #"""
    {{#ungranted}}<div class="part"><h4>Used without a grant</h4><div><div class="scroll"><table><caption>Actions that succeeded, and that the snapshot does not grant</caption><thead><tr><th scope="col">Action</th><th scope="col" class="num">Uses</th><th scope="col">Last</th><th scope="col">Likely let in by</th><th scope="col">Last event</th></tr></thead><tbody>
    {{#rows}}<tr><th scope="row"><code>{{action}}</code></th><td class="num">{{uses}}</td><td class="date"><time>{{last}}</time></td><td>{{source}}</td><td><code class="event">{{event}}</code></td></tr>
    {{/rows}}</tbody></table></div></div></div>{{/ungranted}}
    {{#passed}}<div class="part"><h4>Roles that it passed</h4><div><div class="scroll"><table><thead><tr><th scope="col">Role</th><th scope="col">With</th><th scope="col" class="num">Times</th><th scope="col">Last</th><th scope="col">Last event</th></tr></thead><tbody>
    {{#rows}}<tr><th scope="row">{{#arn}}\#(Fragment.arn){{/arn}}</th><td>{{call}}</td><td class="num">{{times}}</td><td class="date"><time>{{last}}</time></td><td><code class="event">{{event}}</code></td></tr>
    {{/rows}}</tbody></table></div></div></div>{{/passed}}
    """#

  private static let removals = #"""
    {{#removals}}<div class="part"><h4>What may go</h4><div><p>{{intro}}</p>
    {{#policies}}<p class="note">{{kind}} {{#arn}}\#(Fragment.arn){{/arn}}{{^arn}}<code><b>{{policyName}}</b></code>{{/arn}}, content <code class="hash">{{hash}}</code></p><pre class="scroll"><code>{{#statements}}<i class="muted">  {{heading}}</i>{{#actions}}<del>− {{.}}</del>{{/actions}}{{#moreActions}}<i>  {{.}}</i>{{/moreActions}}{{/statements}}</code></pre>
    {{/policies}}{{#loose}}<p>Of which no statement is known: {{.}}.</p>{{/loose}}<code class="cmd">{{command}}</code></div></div>{{/removals}}
    """#

  private static let unknown = """
    <div class="part"><h4>What is not known</h4><div>{{#hasUnknown}}<ul>{{#unknown}}<li>{{#actions}}<code>{{.}}</code>{{/actions}}{{#count}} <span class="muted">({{.}})</span>{{/count}}{{#reason}}{{#isListed}}: {{/isListed}}{{text}}{{/reason}}</li>{{/unknown}}</ul>{{/hasUnknown}}{{^hasUnknown}}<p>{{nothingUnknown}}</p>{{/hasUnknown}}</div></div>
    """

  static let main = Template(
    #"""
    \#(line)<div class="body" id="{{anchor}}"><p class="said"><b>{{name}}</b> {{predicate}}</p>
    \#(facts)
    \#(trust)
    \#(services)
    \#(weeks)
    \#(other)
    <div class="part"><h4>Findings</h4><div>
    {{^hasFindings}}<p>No finding.</p>{{/hasFindings}}
    \#(FindingTemplate.articles)
    </div></div>
    \#(removals)
    \#(unknown)
    </div></details>

    """#)
}
