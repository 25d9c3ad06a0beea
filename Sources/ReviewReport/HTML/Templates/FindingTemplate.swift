/// A finding in full, and a finding that stands in full elsewhere.
enum FindingTemplate {
  static let articles = ##"""
    {{#findings}}
    <article class="finding"{{#anchor}} id="{{.}}"{{/anchor}}><h{{level}}><span class="tag {{severity}}">{{severity}}</span> {{#title}}\##(Fragment.title){{/title}}</h{{level}}><dl>
    <dt>Why it matters</dt><dd>{{why}}</dd>
    {{#hasEvidence}}
    <dt>Evidence</dt><dd>{{#evidence}}<p>{{text}}{{#id}} <code class="event">{{.}}</code>{{/id}}</p>{{/evidence}}</dd>
    {{/hasEvidence}}
    {{#actions}}<dt>Actions</dt><dd>{{.}}</dd>{{/actions}}
    {{#hasMembers}}
    <dt>Also of</dt><dd>{{#members}}{{#role}}\##(Fragment.roleLink){{/role}}{{#gone}}<code>{{.}}</code>{{/gone}} {{/members}}</dd>
    {{/hasMembers}}
    <dt>How sure</dt><dd>{{sure}}</dd>
    <dt>What to do</dt><dd>{{remedy}}</dd>
    <dt>Name</dt><dd><code>{{id}}</code>, {{type}}</dd>
    </dl>{{#command}}<code class="cmd">{{.}}</code>{{/command}}</article>
    {{/findings}}
    {{#hasShared}}
    <ul class="plain">
    {{#shared}}
    <li><span class="tag {{severity}}">{{severity}}</span> {{#title}}\##(Fragment.title){{/title}} <a href="#{{anchor}}">Decided together, in one place</a></li>
    {{/shared}}
    </ul>
    {{/hasShared}}
    """##
}
